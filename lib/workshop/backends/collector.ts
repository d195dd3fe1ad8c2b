import { ask, askForText } from "./ask.ts";

const WHO = "The Collector";

/** The Collector's counters; a missing one is 0. */
export type OwnMetrics = (name: string, label?: string) => number;

/** Reads the Collector's health: the HTTP status. */
export async function readHealth(healthUrl: string): Promise<number> {
  return (await ask(WHO, healthUrl)).status;
}

/**
 * Reads the Collector's own metrics. A counter is the sum of its series, and may end in `_total`.
 * If a label such as `exporter="zipkin"` is given, only series with that text in their labels
 * count.
 */
export async function readOwnMetrics(url: string): Promise<OwnMetrics> {
  const lines = (await askForText(WHO, url)).split("\n");
  return (name, label = "") =>
    lines.filter((line) => line.startsWith(name) && /^(_total)?[{ ]/.test(line.slice(name.length)))
      .filter((line) => line.includes(label))
      .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" "))), 0);
}
