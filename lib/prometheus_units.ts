/** Units of UCUM, as metrics have them, in Prometheus's words. */
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

/** One unit without others in Prometheus's words; `1` is an empty text. */
export function unitWord(unit: string): string {
  return unit === "1" ? "" : WORDS[unit] ?? unit;
}

/**
 * A metric's unit as Prometheus, and a Collector for it, spells it out: `By/s` is
 * `bytes_per_second`. What is in braces is no unit; `1` and an empty unit are an empty text.
 *
 * @see https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/#metric-metadata-1
 */
export function unitInWords(unit: string): string {
  const [of = "", per] = unit.replaceAll(/\{[^{}]*\}/g, "").split("/");
  const word = unitWord(of);
  if (!per) return word;
  const each = `per_${(WORDS[per] ?? per).replace(/s$/, "")}`;
  return word === "" ? each : `${word}_${each}`;
}
