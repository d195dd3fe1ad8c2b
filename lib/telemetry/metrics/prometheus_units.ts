import type { ResourceMetrics } from "@opentelemetry/sdk-metrics";

/** Units, as metrics have them, in Prometheus's words. */
const WORDS: Readonly<Record<string, string>> = {
  d: "days",
  h: "hours",
  min: "minutes",
  s: "seconds",
  ms: "milliseconds",
  us: "microseconds",
  ns: "nanoseconds",
  By: "bytes",
  KiBy: "kibibytes",
  MiBy: "mebibytes",
  GiBy: "gibibytes",
  TiBy: "tibibytes",
  KBy: "kilobytes",
  MBy: "megabytes",
  GBy: "gigabytes",
  TBy: "terabytes",
  m: "meters",
  V: "volts",
  A: "amperes",
  J: "joules",
  W: "watts",
  g: "grams",
  Cel: "celsius",
  Hz: "hertz",
  "%": "percent",
};

/**
 * The metrics with their units at the end of their names, where Prometheus wants them and where a
 * Collector puts them too: `http.server.request.duration_seconds`. What is in braces is no unit.
 *
 * @see https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/#metric-metadata-1
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

/** `By/s` is `bytes_per_second`; `1` and unknown things in braces are nothing. */
function unitInWords(unit: string): string {
  const [of = "", per] = unit.replaceAll(/\{[^}]*\}/g, "").split("/");
  const word = of === "1" ? "" : WORDS[of] ?? of;
  if (!per) return word;
  const each = `per_${(WORDS[per] ?? per).replace(/s$/, "")}`;
  return word === "" ? each : `${word}_${each}`;
}
