import type { Hint, MetricData, MetricTraits } from "../model.ts";
import { TUTORIAL } from "./tutorial.ts";

const TEMPORALITIES = ["", "delta", "cumulative"];

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

/** Describes the traits, for example `cumulative monotonic sum in ms`. */
function describeTraits(
  { type, unit, aggregationTemporality, isMonotonic }: MetricTraits,
): string {
  const kind = type === "sum" ? `${isMonotonic ? "monotonic" : "non-monotonic"} sum` : type;
  const parts = [TEMPORALITIES[aggregationTemporality], kind, unit && `in ${unit}`];
  return parts.filter(Boolean).join(" ");
}
