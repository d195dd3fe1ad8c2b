import { unitWord } from "../../prometheus_units.ts";
import type { MetricSummary } from "../model.ts";

/** Units after "per" that Prometheus spells out. */
const PER_WORDS: Readonly<Record<string, string>> = {
  s: "second",
  m: "minute",
  h: "hour",
  d: "day",
  w: "week",
  mo: "month",
  y: "year",
};

/**
 * Converts a metric's name to Prometheus as its OTLP receiver does: letters, digits, colons and underscores,
 * with the unit appended unless a part of the name says it, and `_total` for monotonic sums. If nothing would
 * be left of a name, it stays as it is, as in the receiver's UTF-8 mode; PromQL selects it as `{"name"}`.
 *
 * @see
 * https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/#metric-metadata-1
 * @see https://github.com/prometheus/otlptranslator
 */
export function prometheusName(
  { name, unit, type, isMonotonic }: Pick<MetricSummary, "name" | "unit" | "type" | "isMonotonic">,
): string {
  const valid = name.split(/[^a-zA-Z0-9:]+/).filter(Boolean);
  const own = valid.length > 0 ? valid : [name];
  const words = [...own, ...unitWords(unit).filter((word) => !own.includes(word))];
  const last = type === "sum" && isMonotonic
    ? "total"
    : type === "gauge" && unit === "1"
    ? "ratio"
    : undefined;
  const full = last === undefined ? words : [...words.filter((word) => word !== last), last];
  const text = full.join("_");
  return /^\d/.test(text) ? `_${text}` : text;
}

/** The words of a unit: `By/s` is "bytes" and "per_second". A part with braces is no unit. */
function unitWords(unit: string): string[] {
  const [of = "", ...per] = unit.split("/").map((part) => part.trim());
  const main = cleaned(isUnit(of) ? unitWord(of) : "");
  const rate = per.join("/");
  if (!isUnit(rate)) return main === "" ? [] : [main];
  const each = cleaned(`per_${PER_WORDS[rate] ?? rate}`).replace(/_$/, "");
  return [main.replace(/_$/, ""), each].filter((word) => word !== "" && word !== "per");
}

function isUnit(text: string): boolean {
  return text !== "" && !/[{}]/.test(text);
}

function cleaned(text: string): string {
  return text.replaceAll(/[^a-zA-Z0-9:]+/g, "_").replace(/^_/, "");
}

/**
 * Converts an attribute key to a Prometheus label name, as the Collector and Prometheus do. Those of the form `__x__`
 * are reserved.
 */
export function prometheusLabel(key: string): string {
  const [, reserved] = /^__(.+)__$/.exec(key) ?? [];
  if (reserved !== undefined) return `__${sanitize(reserved)}__`;
  const label = sanitize(key);
  if (label.startsWith("_")) return `key${label}`;
  return /^\d/.test(label) ? `key_${label}` : label;
}

function sanitize(text: string): string {
  return text.replaceAll(/[^a-zA-Z0-9]+/g, "_");
}
