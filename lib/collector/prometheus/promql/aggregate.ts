import { joinEqual, labelsKey, onlyLabels, withLabel, withoutLabels } from "./labels.ts";
import type { Budget } from "./limits.ts";
import { extremeOf, meanOf, quantileOf, sumOf, varianceOf } from "./statistics.ts";
import type { AggregateNode } from "./syntax.ts";
import { type Column, emptyColumn, type Labels, NAME, QueryError } from "./values.ts";
import { formatDigits, formatValue } from "./format.ts";

/** The first whole number that 64 bits with a sign cannot hold. */
const INT64_LIMIT = 2 ** 63;

/** Series that are aggregated together. */
interface Group {
  labels: Labels;
  columns: Column[];
}

/** Reduces the values of a group to one; `parameter` is the quantile. */
type Aggregation = (values: number[], parameter: number) => number;

const AGGREGATIONS: Readonly<Record<string, Aggregation>> = {
  sum: sumOf,
  avg: meanOf,
  min: (values) => extremeOf(values, false),
  max: (values) => extremeOf(values, true),
  count: (values) => values.length,
  group: () => 1,
  stddev: (values) => Math.sqrt(varianceOf(values)),
  stdvar: varianceOf,
  quantile: (values, quantile) => quantileOf(quantile, values),
};

/** Aggregations with a parameter, and its type. */
export const AGGREGATION_PARAMETERS: Readonly<Record<string, "scalar" | "string">> = {
  quantile: "scalar",
  topk: "scalar",
  bottomk: "scalar",
  count_values: "string",
};

/** @throws {QueryError} If there is no such operator. */
export function checkOperator(operator: string): void {
  if (Object.hasOwn(AGGREGATIONS, operator) || Object.hasOwn(AGGREGATION_PARAMETERS, operator)) {
    return;
  }
  throw new QueryError(
    "bad_data",
    `Cannot evaluate ${operator}(): this collector does not have it`,
  );
}

/**
 * Aggregates series by labels.
 *
 * @param parameter A number for each step, or a text, if the operator takes one. The operator must be one
 * that {@linkcode checkOperator} accepts.
 */
export function aggregate(
  { operator, isWithout, labels }: AggregateNode,
  columns: Column[],
  { parameter, count, budget }: {
    parameter: Float64Array | string | undefined;
    count: number;
    budget: Budget;
  },
): Column[] {
  budget.spend(columns.length * count);
  const groups = groupsOf(columns, isWithout, labels);
  if (operator === "count_values") {
    const label = String(parameter);
    if (label === "") throw new QueryError("execution", `invalid label name ""`);
    return joinEqual(groups.flatMap((group) => countValues(group, label, count)));
  }
  const numbers = parameter instanceof Float64Array ? parameter : new Float64Array(count);
  if (operator === "topk" || operator === "bottomk") {
    checkSizes(numbers);
    return groups.flatMap((group) => extremes(group, numbers, operator === "topk"));
  }
  const apply = AGGREGATIONS[operator]!;
  return groups.map(({ labels, columns }) => {
    const result = emptyColumn(labels, count);
    for (let i = 0; i < count; i++) {
      const values: number[] = [];
      for (const { has, values: all } of columns) if (has[i]) values.push(all[i]!);
      if (values.length === 0) continue;
      result.has[i] = 1;
      result.values[i] = apply(values, numbers[i]!);
    }
    return result;
  });
}

function groupsOf(columns: Column[], isWithout: boolean, names: string[]): Group[] {
  const dropped = [...names, NAME];
  const groups = new Map<string, Group>();
  for (const column of columns) {
    const labels = isWithout
      ? withoutLabels(column.labels, dropped)
      : onlyLabels(column.labels, names);
    const key = labelsKey(labels);
    const group = groups.get(key);
    if (group) group.columns.push(column);
    else groups.set(key, { labels, columns: [column] });
  }
  return [...groups.values()];
}

/** @throws {QueryError} If a number of series is none. */
function checkSizes(sizes: Float64Array): void {
  if (sizes.some(Number.isNaN)) throw new QueryError("execution", "Parameter value is NaN");
  const least = sizes.reduce((a, b) => Math.min(a, b), Infinity);
  const most = sizes.reduce((a, b) => Math.max(a, b), -Infinity);
  if (most < 1) return;
  const outside = most >= INT64_LIMIT ? most : least <= -INT64_LIMIT ? least : undefined;
  if (outside === undefined) return;
  throw new QueryError("execution", `Scalar value ${formatValue(outside)} does not fit int64`);
}

/** The largest or smallest series of a group at each step, in order of value; NaN comes last. */
function extremes({ columns }: Group, sizes: Float64Array, isTop: boolean): Column[] {
  const results = columns.map(({ labels }) => emptyColumn(labels, sizes.length));
  const rankSums = new Float64Array(columns.length);
  for (let i = 0; i < sizes.length; i++) {
    const size = Math.trunc(sizes[i]!);
    if (!(size >= 1)) continue;
    const present = [...columns.keys()].filter((at) => columns[at]!.has[i]);
    const valueOf = (at: number) => columns[at]!.values[i]!;
    present.sort((a, b) => {
      const [x, y] = [valueOf(a), valueOf(b)];
      if (Number.isNaN(x) || Number.isNaN(y)) {
        return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
      }
      return isTop ? y - x : x - y;
    });
    for (const [rank, at] of present.slice(0, size).entries()) {
      results[at]!.has[i] = 1;
      results[at]!.values[i] = valueOf(at);
      rankSums[at]! += rank;
    }
  }
  // With a single step, this is the order of the values.
  const order = [...results.keys()].sort((a, b) => rankSums[a]! - rankSums[b]!);
  return order.map((at) => results[at]!).filter(({ has }) => has.includes(1));
}

function countValues({ labels, columns }: Group, label: string, count: number): Column[] {
  const byValue = new Map<string, Column>();
  for (const { has, values } of columns) {
    for (let i = 0; i < count; i++) {
      if (!has[i]) continue;
      const text = formatDigits(values[i]!);
      let column = byValue.get(text);
      if (!column) byValue.set(text, column = emptyColumn(withLabel(labels, label, text), count));
      column.has[i] = 1;
      column.values[i]!++;
    }
  }
  return [...byValue.values()];
}
