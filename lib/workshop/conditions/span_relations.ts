import type { ArrivedSpan } from "../backends/jaeger.ts";
import type { TraceCheck } from "../course/check.ts";
import { formatDuration } from "../../time_text.ts";
import { listed, quoted } from "./outcome.ts";
import type { Criterion } from "./criterion.ts";

/** What must be true of the span's parent, of an event's attributes, and of its duration. */
export function relationCriteria(
  { childOf, event, eventAttributes, duration }: TraceCheck,
): Criterion[] {
  return [
    ...childOf === undefined ? [] : [childCriterion(childOf)],
    ...eventAttributes ? [eventCriterion(event, eventAttributes)] : [],
    ...duration ? [durationCriterion(duration)] : [],
  ];
}

/** The parent of a span, in its own service or in another. */
export function parentOf(
  { parentSpanId }: ArrivedSpan,
  trace: readonly ArrivedSpan[],
): ArrivedSpan | undefined {
  return trace.find(({ spanId }) => spanId === parentSpanId);
}

/** A name means a span of the same service. */
function childCriterion(childOf: NonNullable<TraceCheck["childOf"]>): Criterion {
  const { span: name, service } = typeof childOf === "string"
    ? { span: childOf, service: undefined }
    : childOf;
  const parentIn = (span: ArrivedSpan, trace: readonly ArrivedSpan[]) => {
    const parent = parentOf(span, trace);
    return service === undefined && parent?.service !== span.service ? undefined : parent;
  };
  return {
    reason: "not-a-child",
    isMet(span, trace) {
      const parent = parentIn(span, trace);
      return parent?.name === name && (service ?? span.service) === parent.service;
    },
    describe(span, trace) {
      const parent = parentIn(span, trace);
      if (!parent) return `it has no parent${service === undefined ? " in its service" : ""}`;
      return `its parent is ${quoted(parent.name)}` +
        (service === undefined ? "" : ` from ${quoted(parent.service)}`);
    },
  };
}

/** All of them on one event: of the given name, or of any. */
function eventCriterion(
  event: string | undefined,
  wanted: NonNullable<TraceCheck["eventAttributes"]>,
): Criterion {
  const named = ({ events }: ArrivedSpan) =>
    events.filter(({ name }) => event === undefined || name === event);
  const entries = Object.entries(wanted).map(([key, value]) => [key, String(value)] as const);
  return {
    reason: "no-event-attribute",
    isMet: (span) =>
      named(span).some(({ attributes }) =>
        entries.every(([key, value]) => {
          const found = attributes.get(key);
          return found !== undefined && (value === "*" || found === value);
        })
      ),
    describe(span) {
      const found = named(span).map(({ name, attributes }) =>
        `${name}: ${[...attributes].map(([key, value]) => `${key}=${value}`).join(", ") || "none"}`
      );
      return `the attributes of its events are ${listed(found)}`;
    },
  };
}

function durationCriterion(
  { atLeast = 0, atMost = Infinity }: NonNullable<TraceCheck["duration"]>,
): Criterion {
  return {
    reason: "wrong-duration",
    isMet: ({ durationMillis }) => durationMillis >= atLeast && durationMillis <= atMost,
    describe: ({ durationMillis }) => `it took ${formatDuration(durationMillis * 1e6)}`,
  };
}
