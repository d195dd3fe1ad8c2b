import type { LogEntry, TraceSummary } from "../../collector/model.ts";
import { valueText } from "../../otlp/any_value.ts";
import { paint } from "./style.ts";
import { cut, fit } from "./text.ts";
import { visible } from "../../unsafe_text.ts";
import { formatDuration, formatTime } from "../../time_text.ts";

/** The columns of a line in an ordinary terminal. */
export const WIDTH = 80;

/** A time of today. */
const CLOCK_WIDTH = 12;
const NAME_WIDTH = 24;
const SERVICE_WIDTH = 27;
const DURATION_WIDTH = 8;

/** The number of id digits that distinguish traces here. */
const ID_LENGTH = 32;

/** The width of the longest start time, so that a list has columns. */
export function timeWidth(traces: readonly TraceSummary[], nowMillis: number): number {
  const lengths = traces.map(({ startTimeUnixNano: at }) => formatTime(at, nowMillis).length);
  return Math.max(CLOCK_WIDTH, ...lengths);
}

/** The headings of the columns of {@linkcode traceLine}. */
export function traceHeadings(width: number): string {
  const line = `${"started".padEnd(width)}   ${"root span".padEnd(NAME_WIDTH)} ` +
    `${"service".padEnd(SERVICE_WIDTH)} ${"took".padStart(DURATION_WIDTH)}`;
  return paint("grey", line);
}

/**
 * A trace in two lines: a summary, and the id for looking it up. The start has its date unless it is
 * today.
 */
export function traceLine(trace: TraceSummary, nowMillis: number, width = CLOCK_WIDTH): string {
  const { traceId, durationNanos, spanCount, errorCount, root, hasRoot } = trace;
  const isFailed = errorCount > 0;
  const line = [
    formatTime(trace.startTimeUnixNano, nowMillis).padEnd(width),
    isFailed ? "✕" : " ",
    fit(visible(root.name) || "(no name)", NAME_WIDTH),
    fit(visible(root.serviceName) || "(no service.name)", SERVICE_WIDTH),
    formatDuration(durationNanos).padStart(DURATION_WIDTH),
  ].join(" ");
  const counts = [
    `${spanCount} ${spanCount === 1 ? "span" : "spans"}`,
    ...isFailed ? [`${errorCount} ${errorCount === 1 ? "error" : "errors"}`] : [],
    ...hasRoot ? [] : ["no root yet"],
  ].join(", ");
  const detail = `${" ".repeat(width + 3)}${traceId.slice(0, ID_LENGTH)}  ${counts}`;
  return `${isFailed ? paint("red", line) : line}\n${paint("grey", detail)}`;
}

/** A log record in one line; its time has a date unless it is today. */
export function logLine(
  { timeUnixNano, severityText, severityNumber, body, serviceName, eventName }: LogEntry,
  nowMillis: number,
): string {
  const severity = severityText || (severityNumber > 0 ? String(severityNumber) : "log");
  const start = `${formatTime(timeUnixNano, nowMillis)} ${fit(visible(severity), 5)} `;
  const [firstLine = ""] = valueText(body).trim().split("\n");
  const text = visible([eventName, firstLine].filter(Boolean).join(" "));
  const line = start +
    cut(`${text}  (${visible(serviceName) || "no service.name"})`, WIDTH - start.length);
  return severityNumber >= 17 ? paint("red", line) : line;
}
