import type { MetricPoint } from "../../../collector/model.ts";
import { exponentialBound } from "../../../otlp/exponential_bound.ts";

/** Counts of measurements by size: `counts[i]` is for values above `bounds[i - 1]` and up to `bounds[i]`. */
export interface Buckets {
  bounds: number[];
  /** One more than bounds: the last bucket has no upper end. */
  counts: number[];
}

/** The buckets of a histogram's point, explicit or exponential; undefined if it has none. */
export function bucketsOf(point: MetricPoint): Buckets | undefined {
  if (point.scale !== undefined) return exponentialBuckets(point);
  const { explicitBounds: bounds = [], bucketCounts: counts = [] } = point;
  return counts.length === bounds.length + 1 && bounds.length > 0 ? { bounds, counts } : undefined;
}

/**
 * The difference between two points of a cumulative histogram; undefined if it was reset in between. The earlier
 * point may have finer buckets, because exponential histograms become coarser.
 */
export function subtract(later: Buckets, earlier: Buckets): Buckets | undefined {
  const counts = [...later.counts];
  let at = 0;
  for (const [i, count] of earlier.counts.entries()) {
    const bound = earlier.bounds[i] ?? Infinity;
    while (at < later.bounds.length && later.bounds[at]! < bound) at++;
    counts[at]! -= count;
  }
  return counts.some((count) => count < 0) ? undefined : { bounds: later.bounds, counts };
}

/** The sum of both; bounds that only one of them has are kept. */
export function merge(a: Buckets, b: Buckets): Buckets {
  const bounds = [...new Set([...a.bounds, ...b.bounds])].sort((x, y) => x - y);
  const counts = new Array<number>(bounds.length + 1).fill(0);
  for (const { bounds: own, counts: added } of [a, b]) {
    for (const [i, count] of added.entries()) {
      const at = i < own.length ? bounds.indexOf(own[i]!) : bounds.length;
      counts[at]! += count;
    }
  }
  return { bounds, counts };
}

/**
 * The bound of the only bucket with measurements: the upper one, or, in the last bucket, which has no upper
 * bound, the lower one. All quantiles are in there, and nothing else is known of them; undefined if several
 * buckets have measurements.
 */
export function soleBucket(
  { bounds, counts }: Buckets,
): { bound: number; side: "up to" | "above" } | undefined {
  const [index, ...others] = counts.flatMap((count, index) => count > 0 ? [index] : []);
  if (index === undefined || others.length > 0) return undefined;
  const upper = bounds[index];
  return upper === undefined
    ? { bound: bounds.at(-1)!, side: "above" }
    : { bound: upper, side: "up to" };
}

/** The sign before the bound: "≤ 5 ms". */
export const BOUND_SIGNS = { "up to": "≤ ", above: "> " } as const;

/**
 * An estimate of a quantile, as if measurements were spread evenly within a bucket; in the last bucket, its
 * lower end. NaN without measurements.
 */
export function quantile({ bounds, counts }: Buckets, share: number): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return NaN;
  const rank = share * total;
  let below = 0;
  for (const [i, count] of counts.entries()) {
    if (below + count >= rank && count > 0) {
      const lower = i === 0 ? Math.min(0, bounds[0] ?? 0) : bounds[i - 1]!;
      const upper = bounds[i];
      if (lower === -Infinity) return upper ?? NaN;
      return upper === undefined || upper === Infinity
        ? lower
        : lower + (upper - lower) * (rank - below) / count;
    }
    below += count;
  }
  return bounds.at(-1) ?? NaN;
}

function exponentialBuckets(
  { scale = 0, zeroCount = 0, positive, negative }: MetricPoint,
): Buckets {
  const bounds: number[] = [];
  const counts: number[] = [];
  const below = negative?.bucketCounts ?? [];
  for (let i = below.length - 1; i >= 0; i--) {
    bounds.push(-exponentialBound((negative?.offset ?? 0) + i, scale));
    counts.push(below[i]!);
  }
  bounds.push(0);
  counts.push(zeroCount);
  const above = positive?.bucketCounts ?? [];
  const offset = positive?.offset ?? 0;
  if (above.length > 0) {
    bounds.push(exponentialBound(offset, scale));
    counts.push(0);
  }
  for (const [i, count] of above.entries()) {
    bounds.push(exponentialBound(offset + i + 1, scale));
    counts.push(count);
  }
  return { bounds, counts: [...counts, 0] };
}
