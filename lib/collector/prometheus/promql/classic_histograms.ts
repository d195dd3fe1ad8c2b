import { histogramLabels, joinEqual, labelsKey } from "./labels.ts";
import { readNumber } from "./literals.ts";
import { BUCKET, type Column, emptyColumn, type Labels, QueryError } from "./values.ts";

/** Smaller relative differences between buckets are floating-point errors. */
const TOLERANCE = 1e-12;

interface Bucket {
  /** Upper bound. */
  bound: number;
  /** The number of observations up to the bound. */
  count: number;
}

/**
 * The quantile of each classic histogram at each step, interpolated within its bucket.
 *
 * @param quantiles The quantile at each step.
 * @see https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile
 */
export function histogramQuantile(quantiles: Float64Array, columns: Column[]): Column[] {
  return eachHistogram(
    columns,
    quantiles.length,
    (step, buckets) => bucketQuantile(quantiles[step]!, buckets),
  );
}

/**
 * The share of the observations between two values in each classic histogram at each step, interpolated within the
 * buckets.
 *
 * @param lowers The lower value at each step.
 * @see https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_fraction
 */
export function histogramFraction(
  lowers: Float64Array,
  uppers: Float64Array,
  columns: Column[],
): Column[] {
  return eachHistogram(
    columns,
    lowers.length,
    (step, buckets) => bucketFraction(lowers[step]!, uppers[step]!, buckets),
  );
}

/** Computes a value for each histogram at each step from its buckets, in ascending order of their bounds. */
function eachHistogram(
  columns: Column[],
  steps: number,
  compute: (step: number, buckets: Bucket[]) => number,
): Column[] {
  const histograms = new Map<
    string,
    { labels: Labels; buckets: { bound: number; column: Column }[] }
  >();
  const bounds = new Map<string, number | undefined>();
  for (const column of columns) {
    const text = column.labels.get(BUCKET) ?? "";
    if (!bounds.has(text)) bounds.set(text, boundOf(text));
    const bound = bounds.get(text);
    if (bound === undefined) continue;
    const labels = histogramLabels(column.labels);
    const key = labelsKey(labels);
    let histogram = histograms.get(key);
    if (!histogram) histograms.set(key, histogram = { labels, buckets: [] });
    histogram.buckets.push({ bound, column });
  }
  return joinEqual([...histograms.values()].map(({ labels, buckets }) => {
    buckets.sort((a, b) => a.bound - b.bound);
    const result = emptyColumn(labels, steps);
    for (let i = 0; i < steps; i++) {
      const present = buckets.filter(({ column }) => column.has[i])
        .map(({ bound, column }) => ({ bound, count: column.values[i]! }));
      if (present.length === 0) continue;
      result.has[i] = 1;
      result.values[i] = compute(i, present);
    }
    return result;
  }));
}

function boundOf(text: string): number | undefined {
  try {
    return readNumber(text);
  } catch (error) {
    if (error instanceof QueryError) return undefined;
    throw error;
  }
}

/** The quantile of one histogram; the buckets must have ascending bounds. */
function bucketQuantile(quantile: number, sorted: Bucket[]): number {
  if (Number.isNaN(quantile)) return NaN;
  if (quantile < 0) return -Infinity;
  if (quantile > 1) return Infinity;
  if (sorted.at(-1)!.bound !== Infinity) return NaN;
  const buckets = monotonic(joinBounds(sorted));
  const total = buckets.at(-1)!.count;
  if (buckets.length < 2 || total === 0 || Number.isNaN(total)) return NaN;
  let rank = quantile * total;
  const found = buckets.slice(0, -1).findIndex(({ count }) => count >= rank);
  if (found === -1) return buckets.at(-2)!.bound;
  const { bound, count } = buckets[found]!;
  if (found === 0) return bound <= 0 ? bound : bound * (rank / count);
  const previous = buckets[found - 1]!;
  rank -= previous.count;
  return previous.bound + (bound - previous.bound) * (rank / (count - previous.count));
}

/** The share of one histogram between two values; the buckets must have ascending bounds. */
function bucketFraction(lower: number, upper: number, sorted: Bucket[]): number {
  if (sorted.at(-1)!.bound !== Infinity) return NaN;
  const buckets = joinBounds(sorted);
  const total = buckets.at(-1)!.count;
  if (total === 0 || Number.isNaN(lower) || Number.isNaN(upper)) return NaN;
  if (lower >= upper) return 0;
  return (countBelow(upper, buckets) - countBelow(lower, buckets)) / total;
}

/** How many observations are below a value. Within a bucket without a finite bound, nothing is interpolated. */
function countBelow(value: number, buckets: Bucket[]): number {
  // If the first bound is positive, all observations count as positive.
  let lower = { bound: buckets[0]!.bound > 0 ? 0 : -Infinity, count: 0 };
  for (const bucket of buckets) {
    if (value <= lower.bound) return lower.count;
    if (value < bucket.bound) {
      if (lower.bound === -Infinity) return bucket.count;
      const share = (value - lower.bound) / (bucket.bound - lower.bound);
      return lower.count + (bucket.count - lower.count) * share;
    }
    lower = bucket;
  }
  return lower.count;
}

/** Merges buckets with the same bound, which can be written in several ways. */
function joinBounds(buckets: Bucket[]): Bucket[] {
  const joined: Bucket[] = [];
  for (const { bound, count } of buckets) {
    const last = joined.at(-1);
    if (last?.bound === bound) last.count += count;
    else joined.push({ bound, count });
  }
  return joined;
}

/** Makes counts never decrease, which can happen if buckets were not read at the same time. */
function monotonic(buckets: Bucket[]): Bucket[] {
  let previous = buckets[0]!.count;
  for (const bucket of buckets) {
    const difference = bucket.count - previous;
    const isNone =
      Math.abs(difference) <= TOLERANCE * (Math.abs(bucket.count) + Math.abs(previous));
    if (difference < 0 || isNone) bucket.count = previous;
    previous = bucket.count;
  }
  return buckets;
}
