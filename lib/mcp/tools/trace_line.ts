import { formatDuration } from "../../time_text.ts";
import type { TraceSummary } from "../../collector/model.ts";
import { toNanos } from "../../otlp/nanos.ts";
import { quoted } from "../answer.ts";

const MAX_SERVICES = 8;

/** A trace in one line, with its whole id. */
export function traceLine(trace: TraceSummary): string {
  const { traceId, startTimeUnixNano, durationNanos, spanCount, errorCount, root, hasRoot } = trace;
  const services = trace.services.slice(0, MAX_SERVICES).map(({ name }) => serviceText(name));
  const more = trace.services.length - services.length;
  return [
    `${traceId} ${isoTime(startTimeUnixNano)} ${formatDuration(durationNanos)}`,
    `${quoted(root.name)} of ${serviceText(root.serviceName)}${hasRoot ? "" : " (root missing)"}`,
    count(spanCount, "span"),
    errorCount === 0 ? "no errors" : count(errorCount, "error"),
    `services ${services.join(", ")}${more > 0 ? ` and ${more} more` : ""}`,
  ].join("; ");
}

/** The name of a service, quoted, or that it has none. */
export function serviceText(name: string): string {
  return name === "" ? "(no service.name)" : quoted(name, 100);
}

/** UTC with milliseconds, for nanoseconds since 1970: `2026-01-31T14:03:22.481Z`. */
export function isoTime(unixNano: string | undefined): string {
  const date = new Date(Number(toNanos(unixNano) / 1_000_000n));
  return unixNano === undefined || Number.isNaN(date.getTime()) ? "(no time)" : date.toISOString();
}

/** A number with its noun: "1 span", "2 spans". */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
