import type { LogEntry } from "../../collector/model.ts";
import { valueText } from "../../otlp/any_value.ts";
import { ERROR_SEVERITY, severityName } from "../../otlp/severity.ts";
import { formatTime } from "../../time_text.ts";
import { type Line, piece } from "../screen/line.ts";

/** From this severity number on, a record is a warning. */
const WARN_SEVERITY = 13;

/** A log record on one line: time, severity, service, and the first line of its body. */
export function logText(log: LogEntry, nowMillis: number): Line {
  const { severityNumber, severityText, body, eventName, serviceName } = log;
  const severity = (severityName(severityNumber) ?? severityText) || "LOG";
  const [first = ""] = valueText(body).trim().split("\n");
  const style = severityNumber >= ERROR_SEVERITY
    ? "red"
    : severityNumber >= WARN_SEVERITY
    ? "yellow"
    : undefined;
  return [
    piece(`${formatTime(log.timeUnixNano, nowMillis)} `, "grey"),
    piece(`${severity.padEnd(5)} `, style),
    piece([eventName, first].filter(Boolean).join(" "), style),
    piece(`  (${serviceName || "no service.name"})`, "grey"),
  ];
}
