import { useSignal } from "@preact/signals";
import type { LogEntry } from "../../../collector/model.ts";
import { Service } from "../../components/service_mark.tsx";
import { Clock } from "../../components/time.tsx";
import { valueText } from "../../../otlp/any_value.ts";
import { traceHref } from "../../state/place.ts";
import { severityName } from "../../../otlp/severity.ts";
import { LogDetails } from "./log_details.tsx";
import { Severity } from "./severity.tsx";

/** One record; its attributes, scope and resource when it is open. */
export function LogRow({ entry, id }: { entry: LogEntry; id: string }) {
  const isOpen = useSignal(false);
  const { severityNumber, traceId, spanId, eventName } = entry;
  return (
    <>
      <tr data-severity={severityName(severityNumber)}>
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
        <td>
          <Severity entry={entry} />
        </td>
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
            <LogDetails entry={entry} />
          </td>
        </tr>
      )}
    </>
  );
}
