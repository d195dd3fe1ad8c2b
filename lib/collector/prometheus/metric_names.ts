import type { MetricSummary, MetricTraits, MetricType } from "../model.ts";
import { prometheusName } from "./names.ts";
import type { Family } from "./own_metrics.ts";

/** The suffixes of the names that a metric of each type has in Prometheus. */
const SUFFIXES: Readonly<Record<MetricType, readonly string[]>> = {
  gauge: [""],
  sum: [""],
  histogram: ["_bucket", "_count", "_sum"],
  exponentialHistogram: ["_bucket", "_count", "_sum"],
  summary: ["", "_count", "_sum"],
};

/** All names that the series of a metric can have in Prometheus. */
export function namesOf(metric: MetricSummary): string[] {
  return metric.kinds.flatMap((kind) => {
    const name = prometheusName({ ...kind, name: metric.name });
    return SUFFIXES[kind.type].map((suffix) => `${name}${suffix}`);
  });
}

/**
 * Names by which a query can mean a metric although none of its series has them: its own, with dots, and that of
 * an exponential histogram without the suffixes of the classic form.
 */
export function otherNamesOf(metric: MetricSummary): string[] {
  const native = metric.kinds.filter(({ type }) => type === "exponentialHistogram")
    .map((kind) => prometheusName({ ...kind, name: metric.name }));
  return [metric.name, ...native];
}

/** An entry of `/api/v1/metadata` for a metric. */
export interface Metadata {
  type: "counter" | "gauge" | "histogram" | "summary";
  help: string;
  unit: string;
}

/** Metadata by name, without duplicates: of the stored metrics, and of the collector's own. */
export function metadataOf(
  metrics: readonly MetricSummary[],
  own: readonly Family[],
): Map<string, Metadata[]> {
  const byName = new Map<string, Metadata[]>();
  const add = (name: string, type: Metadata["type"], help: string) => {
    const known = byName.get(name) ?? [];
    byName.set(name, known);
    const isKnown = known.some((one) => one.type === type && one.help === help);
    if (!isKnown) known.push({ type, help, unit: "" });
  };
  for (const { name, kinds, description } of metrics) {
    for (const kind of kinds) {
      add(prometheusName({ ...kind, name }), typeOf(kind), description);
    }
  }
  for (const { name, type, help } of own) add(name, type, help);
  return byName;
}

function typeOf({ type, isMonotonic }: MetricTraits): Metadata["type"] {
  if (type === "sum") return isMonotonic ? "counter" : "gauge";
  return type === "exponentialHistogram" ? "histogram" : type;
}
