import { unitInWords } from "../../prometheus_units.ts";
import type { MetricSummary } from "../model.ts";

/**
 * Converts a metric's name to Prometheus: letters, digits and underscores, with the unit appended and,
 * for monotonic sums, `_total`.
 *
 * @see
 * https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/#metric-metadata-1
 */
export function prometheusName(
  { name, unit, type, isMonotonic }: Pick<MetricSummary, "name" | "unit" | "type" | "isMonotonic">,
): string {
  const isCounter = type === "sum" && isMonotonic;
  const base = sanitize(name).replace(/^_+|_+$/g, "").replace(/_total$/, isCounter ? "" : "$&");
  const words = sanitize(unit === "1" && type === "gauge" ? "ratio" : unitInWords(unit));
  const missing = words !== "" && !`_${base}_`.includes(`_${words}_`) ? [words] : [];
  const full = [base, ...missing, ...isCounter ? ["total"] : []].join("_");
  return /^\d/.test(full) ? `_${full}` : full;
}

/** Converts an attribute key to a Prometheus label name. */
export function prometheusLabel(key: string): string {
  const label = sanitize(key);
  return /^\d/.test(label) ? `key_${label}` : label;
}

function sanitize(text: string): string {
  return text.replaceAll(/[^a-zA-Z0-9]+/g, "_");
}
