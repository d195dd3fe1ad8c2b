import type { MetricData } from "../../../collector/model.ts";
import { bucketsOf, merge, quantile } from "./buckets.ts";

const NANOS_PER_SECOND = 1e9;

/**
 * The current median in nanoseconds of a service's histogram in seconds, over all of its series; undefined
 * without any.
 */
export function medianOf(metric: MetricData, serviceName: string): number | undefined {
  const all = metric.series
    .filter((series) => series.serviceName === serviceName)
    .flatMap(({ points }) => points.slice(-1).flatMap((point) => bucketsOf(point) ?? []));
  if (all.length === 0) return undefined;
  const seconds = quantile(all.reduce(merge), 0.5);
  return Number.isNaN(seconds) ? undefined : seconds * NANOS_PER_SECOND;
}
