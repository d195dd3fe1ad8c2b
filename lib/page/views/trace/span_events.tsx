import type { SpanEvent } from "../../../otlp/json.ts";
import { attributeText } from "../../../otlp/any_value.ts";
import { formatDuration } from "../../format/duration.ts";
import { countOf } from "../../format/number.ts";
import { formatAbsolute } from "../../format/time.ts";
import { nanosBetween } from "../../../otlp/nanos.ts";
import { sortByKey } from "./attribute_groups.ts";
import { Attributes } from "./attributes.tsx";
import type { TraceSpan } from "../../../trace/spans.ts";

const EXCEPTION = "exception";

/** An exception, with its location. */
export function Exceptions({ events }: { events: readonly SpanEvent[] }) {
  return (
    <>
      {events.filter(({ name }) => name === EXCEPTION).map(({ attributes }, index) => (
        <section key={index} class="exception">
          <h3 class="error">
            {attributeText(attributes, "exception.type") ?? "Exception"}
          </h3>
          <p>{attributeText(attributes, "exception.message")}</p>
          <StackTrace text={attributeText(attributes, "exception.stacktrace")} />
        </section>
      ))}
    </>
  );
}

function StackTrace({ text }: { text: string | undefined }) {
  if (!text) return <p class="soft">The event has no exception.stacktrace.</p>;
  return <pre tabIndex={0} aria-label="Stack trace">{text}</pre>;
}

/** The events of the span, on a line from its start to its end, and as a list. */
export function SpanEvents({ events, span }: { events: readonly SpanEvent[]; span: TraceSpan }) {
  if (events.length === 0) return null;
  const placed = events.map((event) => ({
    event,
    nanos: nanosBetween(span.span.startTimeUnixNano, event.timeUnixNano),
  })).sort((a, b) => (a.nanos ?? Infinity) - (b.nanos ?? Infinity) || 0);
  return (
    <section>
      <h3>Events</h3>
      <div class="event-line" aria-hidden="true">
        {placed.map(({ event, nanos }, index) =>
          nanos !== undefined && (
            <span
              key={index}
              class={`event-dot${event.name === EXCEPTION ? " bad" : ""}`}
              title={event.name}
              style={{ left: `${100 * share(nanos, span.durationNanos)}%` }}
            />
          )
        )}
      </div>
      <ol class="events">
        {placed.map(({ event, nanos }, index) => (
          <li key={index}>
            <span class="soft" title={formatAbsolute(event.timeUnixNano)}>
              {nanos === undefined ? "no time" : `+${formatDuration(nanos)}`}
            </span>{" "}
            <b>{event.name}</b>
            {event.name !== EXCEPTION && (
              <Attributes attributes={sortByKey(event.attributes ?? [])} />
            )}
            {(event.droppedAttributesCount ?? 0) > 0 && (
              <p class="soft">
                The SDK dropped {countOf(event.droppedAttributesCount!, "attribute")} of this event.
              </p>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Limited to 0 and 1, in case clocks differ. */
function share(nanos: number, wholeNanos: number): number {
  return wholeNanos > 0 ? Math.max(0, Math.min(1, nanos / wholeNanos)) : 0;
}
