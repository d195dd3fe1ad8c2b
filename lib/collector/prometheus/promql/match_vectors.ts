import type { Combination } from "./combination.ts";
import {
  joinEqual,
  labelsKey,
  onlyLabels,
  withLabel,
  withoutLabels,
  withoutName,
} from "./labels.ts";
import type { BinaryNode, Matching } from "./syntax.ts";
import { type Column, emptyColumn, type Labels, NAME, QueryError } from "./values.ts";

/** The series of both sides that match each other. */
interface Match {
  left: Column[];
  right: Column[];
}

/**
 * `and`, `or`, and `unless`.
 *
 * @see https://prometheus.io/docs/prometheus/latest/querying/operators/#logical-set-binary-operators
 */
export function setOperation(
  { operator, matching }: BinaryNode,
  left: Column[],
  right: Column[],
  count: number,
): Column[] {
  if (matching.many) throw bad(`no grouping allowed for "${operator}" operation`);
  const results: Column[] = [];
  const matches = matchesOf(matching, left, right);
  for (const match of matches) {
    const hasLeft = unionOf(match.left, count);
    const hasRight = unionOf(match.right, count);
    if (operator === "or") {
      results.push(...match.left, ...masked(match.right, (i) => !hasLeft[i]));
    } else {
      const wanted = operator === "and" ? 1 : 0;
      results.push(...masked(match.left, (i) => hasRight[i] === wanted));
    }
  }
  return operator === "or" ? joinEqual(results.map(copyOf)) : results;
}

const copyOf = (column: Column): Column => ({
  ...column,
  values: column.values.slice(),
  has: column.has.slice(),
});

function unionOf(columns: Column[], count: number): Uint8Array {
  const union = new Uint8Array(count);
  for (const { has } of columns) for (let i = 0; i < count; i++) union[i]! |= has[i]!;
  return union;
}

function masked(columns: Column[], isKept: (step: number) => boolean): Column[] {
  return columns.map(({ labels, values, has }) => ({
    labels,
    values,
    has: has.map((one, i) => one && isKept(i) ? 1 : 0),
  }));
}

function matchesOf({ isOn, labels }: Matching, left: Column[], right: Column[]): Match[] {
  const dropped = [...labels, NAME];
  const matches = new Map<string, Match>();
  for (const [side, columns] of [["left", left], ["right", right]] as const) {
    for (const column of columns) {
      const key = labelsKey(
        isOn ? onlyLabels(column.labels, labels) : withoutLabels(column.labels, dropped),
      );
      let match = matches.get(key);
      if (!match) matches.set(key, match = { left: [], right: [] });
      match[side].push(column);
    }
  }
  return [...matches.values()];
}

/**
 * Applies an operation to matching series of two vectors.
 *
 * @see https://prometheus.io/docs/prometheus/latest/querying/operators/#vector-matching
 * @throws {QueryError} If several series match on a side that allows only one.
 */
export function matchVectors(
  { matching }: BinaryNode,
  left: Column[],
  right: Column[],
  { count, ...combination }: Combination & { count: number },
): Column[] {
  const isManyRight = matching.many === "right";
  const results: Column[] = [];
  const hasMany = unionOf(isManyRight ? right : left, count);
  for (const match of matchesOf(matching, left, right)) {
    const many = isManyRight ? match.right : match.left;
    const one = isManyRight ? match.left : match.right;
    const cells = new Map<Column, Map<Column, Column>>();
    for (let i = 0; i < count; i++) {
      // Duplicates are a mistake even if nothing matches them, but not beside a vector without series.
      if (!hasMany[i]) continue;
      const single = singleAt(one, i, isManyRight ? "left" : "right");
      if (!single) continue;
      let isMatched = false;
      for (const column of many) {
        if (!column.has[i]) continue;
        if (isMatched && !matching.many) throw needsGrouping();
        isMatched = true;
        const [of, and] = [column.values[i]!, single.values[i]!];
        const [a, b] = isManyRight ? [and, of] : [of, and];
        const value = combination.combine(a, b, a);
        if (value === undefined) continue;
        const result = cellOf(
          cells,
          column,
          single,
          () => emptyColumn(resultLabels(matching, column, single, combination.dropsName), count),
        );
        result.has[i] = 1;
        result.values[i] = value;
      }
    }
    for (const byOne of cells.values()) results.push(...byOne.values());
  }
  try {
    return joinEqual(results);
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    throw new QueryError(
      "execution",
      "multiple matches for labels: grouping labels must ensure unique matches",
      { cause: error },
    );
  }
}

function cellOf(
  cells: Map<Column, Map<Column, Column>>,
  many: Column,
  one: Column,
  create: () => Column,
): Column {
  let byOne = cells.get(many);
  if (!byOne) cells.set(many, byOne = new Map());
  let cell = byOne.get(one);
  if (!cell) byOne.set(one, cell = create());
  return cell;
}

function singleAt(columns: Column[], i: number, side: "left" | "right"): Column | undefined {
  let single: Column | undefined;
  for (const column of columns) {
    if (!column.has[i]) continue;
    if (single) {
      throw new QueryError(
        "execution",
        `found duplicate series for the match group on the ${side} hand-side of the operation;` +
          "many-to-many matching not allowed: matching labels must be unique on one side",
      );
    }
    single = column;
  }
  return single;
}

function needsGrouping(): QueryError {
  return new QueryError(
    "execution",
    "multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)",
  );
}

function resultLabels(
  { isOn, labels: names, many, include }: Matching,
  { labels: all }: Column,
  { labels: others }: Column,
  dropsName: boolean,
): Labels {
  let labels = dropsName ? withoutName(all) : all;
  if (!many) return isOn ? onlyLabels(labels, names) : withoutLabels(labels, names);
  for (const name of include) labels = withLabel(labels, name, others.get(name) ?? "");
  return labels;
}

function bad(message: string): QueryError {
  return new QueryError("bad_data", message);
}
