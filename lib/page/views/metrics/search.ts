import type { MetricSummary } from "../../../collector/model.ts";

/** Whether all words are in a metric's name, description, unit, type, or services, in any case. */
export function isWanted(metric: MetricSummary, text: string): boolean {
  const { name, description, unit, type, serviceNames } = metric;
  const own = [name, description, unit, type, ...serviceNames].join("\n").toLowerCase();
  return text.toLowerCase().split(/\s+/).every((word) => own.includes(word));
}
