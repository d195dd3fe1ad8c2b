import { exponentialBound } from "../../otlp/exponential_bound.ts";
import type { MetricPoint } from "../model.ts";

/** Cumulative counts by upper bound, except for the last bucket, whose bound is infinite. */
export type BucketCounts = Map<number, number>;

/** Exponential buckets of a point. */
type Buckets = NonNullable<MetricPoint["positive"]>;

/** As many buckets per sign as SDKs have by default. More would make too many series. */
const MAX_BUCKETS = 160;

/** The classic buckets that several points of exponential histograms share. */
export interface BucketLayout {
  scale: number;
  /** The bounds for positive and for negative values, by index in ascending order. */
  positive: readonly number[];
  negative: readonly number[];
  /** The upper bound of the bucket for zeros. */
  zeroBound: number;
}

/**
 * The buckets for the given points: of the coarsest scale, because finer buckets can be merged but not split, and
 * with both bounds of all buckets that have a count. Points that are added or compared must share a layout.
 *
 * @see https://opentelemetry.io/docs/specs/otel/metrics/data-model/#exponentialhistogram
 */
export function bucketLayout(points: Iterable<MetricPoint>): BucketLayout {
  const positive = new IndexSets();
  const negative = new IndexSets();
  let [scale, threshold] = [Infinity, 0];
  for (const point of points) {
    const own = point.scale ?? 0;
    positive.add(point.positive, own);
    negative.add(point.negative, own);
    scale = Math.min(scale, own);
    if (point.zeroThreshold! > threshold) threshold = point.zeroThreshold!;
  }
  if (scale === Infinity) return { scale: 0, positive: [], negative: [], zeroBound: threshold };
  while (Math.max(positive.at(scale).size, negative.at(scale).size) > MAX_BUCKETS) scale--;
  const above = boundsOf(positive.at(scale));
  return {
    scale,
    positive: above,
    negative: boundsOf(negative.at(scale)),
    // Below all positive buckets, even if another point has a larger threshold.
    zeroBound: Math.min(
      threshold,
      above.length > 0 ? exponentialBound(above[0]!, scale) : Infinity,
    ),
  };
}

/** Converts a point to classic buckets. The layout must be for this point and others. */
export function classicBuckets(point: MetricPoint, layout: BucketLayout): BucketCounts {
  const { scale, positive, negative, zeroBound } = layout;
  const steps = (point.scale ?? 0) - scale;
  const [above, below] = [coarser(point.positive, steps), coarser(point.negative, steps)];
  const buckets: BucketCounts = new Map();
  let total = 0;
  for (const index of negative.toReversed()) {
    total += below.get(index) ?? 0;
    buckets.set(-exponentialBound(index, scale), total);
  }
  buckets.set(zeroBound, total += point.zeroCount ?? 0);
  for (const index of positive) {
    total += above.get(index - 1) ?? 0;
    buckets.set(exponentialBound(index, scale), total);
  }
  return buckets;
}

/** Both bounds of buckets, in ascending order. */
function boundsOf(indexes: Set<number>): number[] {
  const bounds = new Set([...indexes].flatMap((index) => [index, index + 1]));
  return [...bounds].sort((a, b) => a - b);
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

/** The indexes that have a count, by scale. */
class IndexSets {
  readonly #byScale = new Map<number, Set<number>>();

  add(buckets: Buckets | undefined, scale: number): void {
    if (buckets === undefined) return;
    let indexes = this.#byScale.get(scale);
    if (indexes === undefined) this.#byScale.set(scale, indexes = new Set());
    for (const [i, count] of buckets.bucketCounts.entries()) {
      if (count > 0) indexes.add(buckets.offset + i);
    }
  }

  /** All indexes at a scale that is at most as fine as each of the points. */
  at(scale: number): Set<number> {
    const merged = new Set<number>();
    for (const [own, indexes] of this.#byScale) {
      for (const index of indexes) merged.add(Math.floor(index / 2 ** (own - scale)));
    }
    return merged;
  }
}
