import type { Hint, MetricData, MetricTraits } from "../model.ts";
import { TUTORIAL } from "./tutorial.ts";

const TEMPORALITIES = ["", "delta", "cumulative"];
/** Types whose data has a temporality. */
const WITH_TEMPORALITY: readonly MetricTraits["type"][] = [
  "sum",
  "histogram",
  "exponentialHistogram",
];

/**
 * Warns if one scope of one resource writes metrics of the same name that differ in type, unit, temporality or
 * monotonicity, once per service.
 *
 * @see https://opentelemetry.io/docs/specs/otel/metrics/data-model/#opentelemetry-protocol-data-model-producer-recommendations
 */
export function metricConflictHints(
  { name, conflicts }: Pick<MetricData, "name" | "conflicts">,
): Hint[] {
  return conflicts.map(({ serviceName, kinds }) => ({
    id: "metric-conflict",
    title: `${serviceName || "A service"} sends different metrics named "${name}"`,
    advice: "Each is kept as its own series. Give a metric one type, unit, temporality and " +
      "monotonicity in a scope, or use different names: backends may mix up or drop one of them.",
    evidence: { detail: kinds.map(describeTraits).join("; ") },
    tutorial: TUTORIAL.conventions,
  }));
}

/**
 * Warns if several processes write the same series, once per service.
 *
 * @see https://opentelemetry.io/docs/specs/otel/metrics/data-model/#overlap
 */
export function metricOverlapHints(
  { name, overlaps }: Pick<MetricData, "name" | "overlaps">,
): Hint[] {
  return overlaps.map(({ serviceName, points }) => ({
    id: "metric-overlap",
    title: `Several processes of ${serviceName || "a service"} write the same "${name}"`,
    advice:
      "All points are kept, but nothing tells the processes apart, and PromQL uses the first " +
      "point of each time. Set service.instance.id to a different value in each process.",
    evidence: { detail: `points with a time that another one has: ${points}` },
    tutorial: TUTORIAL.conventions,
  }));
}

/** Describes the traits, for example `cumulative monotonic sum in ms`. */
function describeTraits(
  { type, unit, aggregationTemporality, isMonotonic }: MetricTraits,
): string {
  const kind = type === "sum" ? `${isMonotonic ? "monotonic" : "non-monotonic"} sum` : type;
  const temporality = TEMPORALITIES[aggregationTemporality] ||
    (WITH_TEMPORALITY.includes(type) && `with temporality ${aggregationTemporality}`);
  const parts = [temporality, kind, unit && `in ${unit}`];
  return parts.filter(Boolean).join(" ");
}

/** Everything about a metric that is worth a warning. */
export function metricHints(
  metric: Pick<MetricData, "name" | "conflicts" | "overlaps">,
): Hint[] {
  return [...metricConflictHints(metric), ...metricOverlapHints(metric)];
}
