import { joinEqual, labelsKey, withoutLabels } from "./labels.ts";
import { readNumber } from "./literals.ts";
import { type Column, emptyColumn, type Labels, NAME, QueryError } from "./values.ts";

const BUCKET = "le";

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
  const histograms = new Map<
    string,
    { labels: Labels; buckets: { bound: number; column: Column }[] }
  >();
  for (const column of columns) {
    const bound = boundOf(column.labels.get(BUCKET));
    if (bound === undefined) continue;
    const labels = withoutLabels(column.labels, [BUCKET, NAME]);
    const key = labelsKey(labels);
    let histogram = histograms.get(key);
    if (!histogram) histograms.set(key, histogram = { labels, buckets: [] });
    histogram.buckets.push({ bound, column });
  }
  return joinEqual([...histograms.values()].map(({ labels, buckets }) => {
    buckets.sort((a, b) => a.bound - b.bound);
    const result = emptyColumn(labels, quantiles.length);
    for (let i = 0; i < quantiles.length; i++) {
      const present = buckets.filter(({ column }) => column.has[i])
        .map(({ bound, column }) => ({ bound, count: column.values[i]! }));
      if (present.length === 0) continue;
      result.has[i] = 1;
      result.values[i] = bucketQuantile(quantiles[i]!, present);
    }
    return result;
  }));
}

function boundOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
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
