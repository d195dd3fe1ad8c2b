import type { LogEntry } from "../../../collector/model.ts";
import { severityName } from "../../../otlp/severity.ts";

/** Signs in front of what needs attention, so that color is not all that tells it. */
const SIGNS: Partial<Record<string, string>> = { WARN: "▲", ERROR: "✕", FATAL: "✕✕" };

/** A record's severity in its color, with a sign from WARN on. */
export function Severity({ entry: { severityNumber, severityText } }: { entry: LogEntry }) {
  const name = severityName(severityNumber);
  const sign = SIGNS[name ?? ""];
  return (
    <span class="severity" title={`severity number ${severityNumber}`}>
      {sign && (
        <>
          <span aria-hidden="true">{sign}</span>
          {" "}
        </>
      )}
      {severityText || name || "–"}
    </span>
  );
}
