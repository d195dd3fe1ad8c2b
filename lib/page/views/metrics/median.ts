import type { MetricData } from "../../../collector/model.ts";
import { formatDuration } from "../../format/duration.ts";
import { BOUND_SIGNS, bucketsOf, merge, quantile, soleBucket } from "./buckets.ts";

const NANOS_PER_SECOND = 1e9;

/** A median estimated from a histogram. */
export interface Median {
  nanos: number;
  /**
   * Set if all measurements are in one bucket. Then only its bounds are known: `nanos` is the upper
   * one, or, in the last bucket, which has no upper bound, the lower one.
   */
  bucket?: "up to" | "above";
}

/**
 * The current median of a service's histogram in seconds, over all of its series; undefined without any.
 */
export function medianOf(metric: MetricData, serviceName: string): Median | undefined {
  const all = metric.series
    .filter((series) => series.serviceName === serviceName)
    .flatMap(({ points }) => points.slice(-1));
  const buckets = all.flatMap((point) => bucketsOf(point) ?? []);
  if (buckets.length === 0) return undefined;
  const merged = buckets.reduce(merge);
  const only = all.some(({ scale }) => scale !== undefined) ? undefined : soleBucket(merged);
  if (only) return { nanos: only.bound * NANOS_PER_SECOND, bucket: only.side };
  const seconds = quantile(merged, 0.5);
  return Number.isNaN(seconds) ? undefined : { nanos: seconds * NANOS_PER_SECOND };
}

/** "3.2 ms", or "≤ 5 ms" if a single bucket has all measurements. */
export function formatMedian({ nanos, bucket }: Median): string {
  return (bucket ? BOUND_SIGNS[bucket] : "") + formatDuration(nanos);
}

/** What the sign of {@linkcode formatMedian} means; undefined if there is none. */
export function explainMedian({ nanos, bucket }: Median): string | undefined {
  return bucket && `All measurements are in the histogram's bucket ${bucket} ` +
      `${formatDuration(nanos)}, so that more is not known`;
}
