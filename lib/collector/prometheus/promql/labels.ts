import {
  BUCKET,
  type Column,
  KEY,
  type Labels,
  NAME,
  OF_HISTOGRAM,
  QueryError,
  UNNAMED,
} from "./values.ts";

/** A key for labels, independent of their order. */
export function labelsKey(labels: Labels): string {
  return labels[KEY] ??= [...labels.keys()].sort()
    .map((name) => `${name}\xff${labels.get(name)}`).join("\xff");
}

/** Removes some labels; returns the same object if none of them is set. */
export function withoutLabels(labels: Labels, names: Iterable<string>): Labels {
  let copy: Map<string, string> | undefined;
  for (const name of names) {
    if (labels.has(name)) (copy ??= new Map(labels)).delete(name);
  }
  return copy ?? labels;
}

/** Removes the metric's name. */
export function withoutName(labels: Labels): Labels {
  return labels[UNNAMED] ??= withoutLabels(labels, [NAME]);
}

/** The labels that all buckets of a classic histogram share. */
export function histogramLabels(labels: Labels): Labels {
  return labels[OF_HISTOGRAM] ??= withoutLabels(labels, [BUCKET, NAME]);
}

/** Keeps only some of the labels. */
export function onlyLabels(labels: Labels, names: Iterable<string>): Labels {
  const kept = new Map<string, string>();
  for (const name of names) {
    const value = labels.get(name);
    if (value !== undefined) kept.set(name, value);
  }
  return kept;
}

/** Sets a label; an empty value removes it. */
export function withLabel(labels: Labels, name: string, value: string): Labels {
  const copy = new Map(labels);
  if (value === "") copy.delete(name);
  else copy.set(name, value);
  return copy;
}

/**
 * Joins columns with the same labels. Series can become equal when an operation removes labels.
 *
 * @throws {QueryError} If two of them have a value at the same step.
 */
export function joinEqual(columns: Column[]): Column[] {
  const byKey = new Map<string, Column>();
  for (const column of columns) {
    const key = labelsKey(column.labels);
    const known = byKey.get(key);
    byKey.set(key, known ? joined(known, column) : column);
  }
  return byKey.size === columns.length ? columns : [...byKey.values()];
}

/** A new column: the values of others may belong to several. */
function joined(known: Column, { values, has }: Column): Column {
  const all = { ...known, values: known.values.slice(), has: known.has.slice() };
  for (let i = 0; i < has.length; i++) {
    if (!has[i]) continue;
    if (all.has[i]) {
      throw new QueryError("execution", "vector cannot contain metrics with the same labels");
    }
    all.has[i] = 1;
    all.values[i] = values[i]!;
  }
  return all;
}
