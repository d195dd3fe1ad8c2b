import { useRef } from "preact/hooks";
import { fetchServiceNames } from "../../api.ts";
import { TimeRangeField } from "../../components/time_range.tsx";
import { useKeys } from "../../state/keyboard.ts";
import { useLoaded } from "../../state/loaded.ts";
import { hrefOf, navigate, place } from "../../state/place.ts";
import { SEVERITIES } from "../../../otlp/severity.ts";

/** The filter for logs, which is in the URL. */
export function LogFilter() {
  const { params } = place.value;
  const text = useRef<HTMLInputElement>(null);
  const services = useLoaded("services", fetchServiceNames);
  useKeys({ "/": () => text.current?.focus() });
  const set = (name: string, value: string) =>
    navigate(hrefOf("/logs", { [name]: value, before: undefined }, params), { replace: true });
  const traceId = params.get("trace_id");
  return (
    <form class="filter" role="search" onSubmit={(event) => event.preventDefault()}>
      <label>
        Service
        <select
          class="field"
          value={params.get("service") ?? ""}
          onChange={(event) => set("service", event.currentTarget.value)}
        >
          <option value="">all</option>
          {services.data?.map((name) => <option key={name} value={name}>{name}</option>)}
        </select>
      </label>
      <label>
        Severity
        <select
          class="field"
          value={params.get("severity") ?? ""}
          onChange={(event) => set("severity", event.currentTarget.value)}
        >
          <option value="">all</option>
          {SEVERITIES.map(({ name, from }) => (
            <option key={name} value={String(from)}>{name} and above</option>
          ))}
        </select>
      </label>
      <label>
        Text
        <input
          ref={text}
          type="search"
          class="field"
          value={params.get("q") ?? ""}
          placeholder="body or attribute"
          title="Text in the body, the event name, the severity, or an attribute"
          onInput={(event) => set("q", event.currentTarget.value)}
        />
      </label>
      <TimeRangeField />
      {traceId && (
        <a
          class="button small"
          href={hrefOf("/logs", { trace_id: undefined, span_id: undefined }, params)}
        >
          Of trace {traceId.slice(0, 8)} … ✕
        </a>
      )}
    </form>
  );
}
