import type { ResourceMetrics } from "@opentelemetry/sdk-metrics";
import { unitInWords } from "../../prometheus_units.ts";

/**
 * The metrics with their units at the end of their names, where Prometheus wants them and where a
 * Collector puts them too: `http.server.request.duration_seconds`.
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
