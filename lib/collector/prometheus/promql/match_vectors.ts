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
import { type Column, emptyColumn, type Labels, QueryError } from "./values.ts";

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
  return operator === "or" ? joinEqual(results) : results;
}

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

function matchesOf(matching: Matching, left: Column[], right: Column[]): Match[] {
  const matches = new Map<string, Match>();
  for (const [side, columns] of [["left", left], ["right", right]] as const) {
    for (const column of columns) {
      const key = labelsKey(comparedLabels(matching, column.labels));
      let match = matches.get(key);
      if (!match) matches.set(key, match = { left: [], right: [] });
      match[side].push(column);
    }
  }
  return [...matches.values()];
}

/** What series of both sides must have in common. */
function comparedLabels({ isOn, labels: names }: Matching, labels: Labels): Labels {
  return isOn ? onlyLabels(labels, names) : withoutLabels(withoutName(labels), names);
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
    const singles = Array.from({ length: count }, (_, i) =>
      // Duplicates are a mistake even if nothing matches them, but not beside a vector without series.
      hasMany[i] ? singleAt(one, i, isManyRight ? "left" : "right") : undefined);
    const isMatched = new Uint8Array(count);
    for (const column of many) {
      const bySingle = new Map<Column, Column>();
      for (const [i, single] of singles.entries()) {
        if (!single || !column.has[i]) continue;
        if (isMatched[i] && !matching.many) throw needsGrouping();
        isMatched[i] = 1;
        const [of, and] = [column.values[i]!, single.values[i]!];
        const [a, b] = isManyRight ? [and, of] : [of, and];
        const value = combination.combine(a, b, a);
        if (value === undefined) continue;
        let result = bySingle.get(single);
        if (!result) {
          const labels = resultLabels(matching, column, single, combination.dropsName);
          bySingle.set(single, result = emptyColumn(labels, count));
        }
        result.has[i] = 1;
        result.values[i] = value;
      }
      results.push(...bySingle.values());
    }
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
