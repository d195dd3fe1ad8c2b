import { useSignal } from "@preact/signals";
import type { LogEntry } from "../../../collector/model.ts";
import { Service } from "../../components/service_mark.tsx";
import { Clock } from "../../components/time.tsx";
import { valueText } from "../../../otlp/any_value.ts";
import { traceHref } from "../../state/place.ts";
import { ERROR_SEVERITY, severityName } from "../../../otlp/severity.ts";

/** One record; its attributes, resource and scope when it is open. */
export function LogRow({ entry, id }: { entry: LogEntry; id: string }) {
  const isOpen = useSignal(false);
  const { severityNumber, severityText, traceId, spanId, eventName } = entry;
  const isError = severityNumber >= ERROR_SEVERITY;
  const severity = severityText || severityName(severityNumber) || "–";
  return (
    <>
      <tr class={isError ? "has-error" : ""}>
        <td class="number">
          <button
            type="button"
            class="disclosure"
            id={id}
            aria-expanded={isOpen.value}
            aria-label={`Record ${entry.sequence}`}
            onClick={() => isOpen.value = !isOpen.value}
          />
          <Clock unixNano={entry.timeUnixNano} />
        </td>
        <td class={isError ? "error" : ""}>{isError && "✕ "}{severity}</td>
        <td>
          <Service name={entry.serviceName} />
        </td>
        <td class="log-body">
          <span class={isOpen.value ? "" : "log-text"}>
            {eventName && <b class="event-name">{eventName}</b>}
            {valueText(entry.body)}
          </span>
        </td>
        <td>
          {traceId && (
            <a class="mono" href={traceHref(traceId, spanId || undefined)}>{traceId.slice(0, 8)}</a>
          )}
        </td>
      </tr>
      {isOpen.value && (
        <tr class="details">
          <td colSpan={5}>
            <dl class="pairs">
              {entry.attributes.map(({ key = "", value }) => (
                <>
                  <dt>{key}</dt>
                  <dd>{valueText(value)}</dd>
                </>
              ))}
              <dt>Scope</dt>
              <dd>{entry.scopeName || "none"}</dd>
              {entry.resource.map(({ key = "", value }) => (
                <>
                  <dt class="dim">{key}</dt>
                  <dd class="dim">{valueText(value)}</dd>
                </>
              ))}
            </dl>
          </td>
        </tr>
      )}
    </>
  );
}
