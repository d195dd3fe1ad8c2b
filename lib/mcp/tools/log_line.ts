import type { LogEntry } from "../../collector/model.ts";
import { attributesJson, valueText } from "../../otlp/any_value.ts";
import { severityName } from "../../otlp/severity.ts";
import { quoted } from "../answer.ts";
import { isoTime, serviceText } from "./trace_line.ts";

/** A log record in one line. */
export function logLine(log: LogEntry): string {
  const { timeUnixNano, severityNumber, severityText, body, eventName, attributes } = log;
  const severity = severityName(severityNumber) ??
    (severityText ? quoted(severityText, 20) : "LOG");
  return [
    isoTime(timeUnixNano),
    severity,
    `of ${serviceText(log.serviceName)}:`,
    ...eventName ? [`event ${quoted(eventName, 100)}`] : [],
    quoted(valueText(body)),
    ...attributes.length > 0 ? [quoted(attributesJson(attributes))] : [],
    ...log.traceId ? [`trace ${log.traceId} span ${log.spanId}`] : [],
  ].join(" ");
}
