import type { ResourceMetrics } from "@opentelemetry/sdk-metrics";
import { unitInWords } from "../../prometheus_units.ts";

/**
 * Appends the unit to each metric's name, as Prometheus expects and as a Collector does:
 * `http.server.request.duration_seconds`.
 */
export function withUnitsInNames(given: ResourceMetrics): ResourceMetrics {
  const scopeMetrics = given.scopeMetrics.map(({ scope, metrics }) => ({
    scope,
    metrics: metrics.map((metric) => {
      const { name, unit } = metric.descriptor;
      const words = unitInWords(unit);
      const descriptor = { ...metric.descriptor, name: nameWith(name, words), unit: words };
      return { ...metric, descriptor };
    }),
  }));
  return { ...given, scopeMetrics };
}

function nameWith(name: string, unit: string): string {
  const [, stem = name, total = ""] = /^(.*?)([._]total)?$/.exec(name) ?? [];
  return unit === "" || stem.endsWith(unit) ? name : `${stem}_${unit}${total}`;
}
