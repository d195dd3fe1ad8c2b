import { loadSeries, type SeriesSources } from "./load_series.ts";
import { Evaluator } from "./promql/evaluate.ts";
import { formatValue } from "./promql/format.ts";
import { Budget } from "./promql/limits.ts";
import { compileMatchers } from "./promql/matchers.ts";
import { parseMatchers, parseQuery } from "./promql/parse.ts";
import { periodOf } from "./promql/period.ts";
import { selectorsOf } from "./promql/selectors_of.ts";
import { isRange, type Node } from "./promql/syntax.ts";
import {
  type Column,
  type Labels,
  QueryError,
  type SampleSeries,
  type Steps,
  timeAt,
} from "./promql/values.ts";
import { forEachWindow, LOOKBACK } from "./promql/windows.ts";

/** A time in seconds since 1970, and a value as text. */
type Point = [number, string];

/** The result of a query, in the form of Prometheus's JSON. */
export type QueryData =
  | { resultType: "scalar" | "string"; result: Point }
  | { resultType: "vector"; result: { metric: Record<string, string>; value: Point }[] }
  | { resultType: "matrix"; result: { metric: Record<string, string>; values: Point[] }[] };

/**
 * Evaluates a query at one point in time.
 *
 * @param now Milliseconds since 1970.
 * @throws {QueryError} If it cannot be evaluated.
 */
export async function runInstantQuery(
  sources: SeriesSources,
  { query, time, now }: { query: string; time: number; now: number },
): Promise<QueryData> {
  const node = parseQuery(query, { start: time, end: time });
  const steps = { start: time, step: 1, count: 1 };
  const evaluator = await prepare(sources, node, steps, now);
  if (isRange(node)) {
    const { series, shift } = evaluator.range(node);
    const result = series.flatMap((one) => {
      const values: Point[] = [];
      forEachWindow(one, shift, evaluator, ({ times, values: all, low, high }) => {
        for (let i = low; i < high; i++) values.push([times[i]! / 1000, formatValue(all[i]!)]);
      });
      return values.length > 0 ? [{ metric: plain(one.labels), values }] : [];
    });
    return { resultType: "matrix", result };
  }
  const value = evaluator.evaluate(node);
  const at = time / 1000;
  switch (value.kind) {
    case "string":
      return { resultType: "string", result: [at, value.text] };
    case "scalar":
      return { resultType: "scalar", result: [at, formatValue(value.values[0]!)] };
    case "vector": {
      const present = value.columns.filter(({ has }) => has[0]);
      const result = present.map(({ labels, values }) => ({
        metric: plain(labels),
        value: [at, formatValue(values[0]!)] as Point,
      }));
      return { resultType: "vector", result };
    }
    default:
      return value satisfies never;
  }
}

/**
 * Evaluates a query at many steps.
 *
 * @throws {QueryError} If it cannot be evaluated.
 */
export async function runRangeQuery(
  sources: SeriesSources,
  { query, steps, end, now }: { query: string; steps: Steps; end: number; now: number },
): Promise<QueryData> {
  const node = parseQuery(query, { start: steps.start, end });
  const evaluator = await prepare(sources, node, steps, now);
  const value = evaluator.evaluate(node);
  if (value.kind === "string") {
    throw new QueryError(
      "bad_data",
      'invalid expression type "string" for range query, must be Scalar or instant Vector',
    );
  }
  const columns: Column[] = value.kind === "vector" ? value.columns : [{
    labels: new Map(),
    values: value.values,
    has: new Uint8Array(steps.count).fill(1),
  }];
  const result = columns.flatMap(({ labels, values, has }) => {
    const points: Point[] = [];
    for (let i = 0; i < steps.count; i++) {
      if (has[i]) points.push([timeAt(steps, i) / 1000, formatValue(values[i]!)]);
    }
    return points.length > 0 ? [{ metric: plain(labels), values: points }] : [];
  });
  return { resultType: "matrix", result };
}

/** Finds the series that match the selectors and have a sample between two times. */
export async function findSeries(
  sources: SeriesSources,
  { matches, start, end, now }: {
    matches: readonly string[];
    start: number;
    end: number;
    now: number;
  },
): Promise<Labels[]> {
  const budget = new Budget();
  const selectors = matches.map(parseMatchers);
  const isMeant = selectors.map((matchers) => compileMatchers(matchers, budget));
  const period = { from: start, to: end, isNewestOnly: false };
  const series = await loadSeries(sources, selectors, { budget, time: Math.min(end, now), period });
  const isPresent = ({ times }: SampleSeries) => times.some((time) => time >= start && time <= end);
  return series.filter((one) => isMeant.some((test) => test(one.labels)) && isPresent(one))
    .map(({ labels }) => labels);
}

async function prepare(
  sources: SeriesSources,
  node: Node,
  steps: Steps,
  now: number,
): Promise<Evaluator> {
  const budget = new Budget();
  const selectors = selectorsOf(node);
  const last = timeAt(steps, steps.count - 1);
  const { from, to } = periodOf(node, { from: steps.start, to: last }) ?? { from: 0, to: 0 };
  // Then every selector looks at the same time, and so only at the newest point before it.
  const isNewestOnly = from === to - LOOKBACK &&
    selectors.every(({ range }) => range === undefined);
  const series = await loadSeries(sources, selectors.map(({ matchers }) => matchers), {
    budget,
    time: Math.min(now, last),
    period: { from, to, isNewestOnly },
  });
  return new Evaluator({ series, budget }, steps);
}

/** Labels as an object; safe for any name, such as `__proto__`. */
export function plain(labels: Labels): Record<string, string> {
  return Object.fromEntries(labels);
}
