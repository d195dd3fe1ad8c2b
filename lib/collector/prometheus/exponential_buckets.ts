import type { MetricPoint } from "../model.ts";

/** Cumulative counts by upper bound, except for the last bucket, whose bound is infinite. */
export type BucketCounts = Map<number, number>;

/** Exponential buckets of a point. */
type Buckets = NonNullable<MetricPoint["positive"]>;

/**
 * Converts the points of an exponential histogram to classic buckets. All points get the same bounds, so
 * that rates can be computed: those of the coarsest scale, from the lowest to the highest bucket of any
 * point.
 *
 * @see https://opentelemetry.io/docs/specs/otel/metrics/data-model/#exponentialhistogram
 */
export function exponentialBuckets(points: readonly MetricPoint[]): BucketCounts[] {
  const scale = points.reduce((least, point) => Math.min(least, point.scale ?? 0), Infinity);
  const counts = points.map((point) => ({
    positive: coarser(point.positive, (point.scale ?? 0) - scale),
    negative: coarser(point.negative, (point.scale ?? 0) - scale),
    zero: point.zeroCount ?? 0,
  }));
  const positive = indexesOf(counts.map(({ positive }) => positive));
  const negative = indexesOf(counts.map(({ negative }) => negative)).reverse();
  return counts.map((point) => {
    const buckets: BucketCounts = new Map();
    let total = 0;
    for (const index of negative) {
      total += point.negative.get(index) ?? 0;
      buckets.set(-boundOf(index, scale), total);
    }
    buckets.set(0, total += point.zero);
    for (const index of positive) {
      total += point.positive.get(index) ?? 0;
      buckets.set(boundOf(index + 1, scale), total);
    }
    return buckets;
  });
}

/** Counts by index at a scale that is lower by `steps`; each step merges pairs of buckets. */
function coarser(buckets: Buckets | undefined, steps: number): Map<number, number> {
  const counts = new Map<number, number>();
  for (const [i, count] of (buckets?.bucketCounts ?? []).entries()) {
    const index = Math.floor((buckets!.offset + i) / 2 ** steps);
    counts.set(index, (counts.get(index) ?? 0) + count);
  }
  return counts;
}

/** All indexes with a count, in ascending order. */
function indexesOf(counts: Map<number, number>[]): number[] {
  const indexes = new Set<number>();
  for (const one of counts) for (const [index, count] of one) if (count > 0) indexes.add(index);
  return [...indexes].sort((a, b) => a - b);
}

/** The lower bound of a bucket. */
function boundOf(index: number, scale: number): number {
  return 2 ** (index * 2 ** -scale);
}
