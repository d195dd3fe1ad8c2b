import type { InstrumentationScope, KeyValue, Resource, Span, TracesData } from "../otlp/json.ts";
import { attributeText } from "../otlp/any_value.ts";
import { toNanos } from "../otlp/nanos.ts";

/** A span with its resource and scope, and its times as numbers for drawing. */
export interface TraceSpan {
  /** If spans share an id, all but the first get a number after it: `00f067aa0ba902b7 2`. */
  spanId: string;
  /** Empty for a span without parent. */
  parentSpanId: string;
  name: string;
  kind: number;
  serviceName: string;
  isError: boolean;
  /** Nanoseconds since the trace's start. */
  startNanos: number;
  durationNanos: number;
  span: Span;
  scope: InstrumentationScope;
  resource: readonly KeyValue[];
  source: SpanSource;
}

/** What a span's resource and scope say besides their attributes. */
export interface SpanSource {
  resource: Resource;
  /** Empty if there is none. */
  resourceSchemaUrl: string;
  scopeSchemaUrl: string;
}

/** All spans of one trace. */
export interface Trace {
  spans: TraceSpan[];
  /** The first start, nanoseconds since 1970. */
  startUnixNanos: bigint;
  /** From the first start to the last end. */
  durationNanos: number;
}

const STATUS_ERROR = 2;
const SERVER = 2;
const CLIENT = 3;

/** Why a span has no duration; undefined if it has one. */
export function missingTime(
  { startTimeUnixNano, endTimeUnixNano }: Span,
): "no start" | "no end" | undefined {
  if (toNanos(startTimeUnixNano) === 0n) return "no start";
  return toNanos(endTimeUnixNano) === 0n ? "no end" : undefined;
}

/** OTLP's spans for display, the earliest first. A span that was sent again counts once. */
export function readTrace(data: TracesData): Trace {
  const found = new Map<
    string,
    { span: Span; scope: InstrumentationScope; source: SpanSource }
  >();
  for (const { resource = {}, scopeSpans = [], schemaUrl = "" } of data.resourceSpans ?? []) {
    const serviceName = attributeText(resource.attributes, "service.name");
    for (const { scope = {}, spans = [], schemaUrl: scopeSchemaUrl = "" } of scopeSpans) {
      const source = { resource, resourceSchemaUrl: schemaUrl, scopeSchemaUrl };
      for (const span of spans) {
        const { spanId, name, kind, startTimeUnixNano } = span;
        const identity = [spanId, name, kind, startTimeUnixNano, serviceName];
        found.set(JSON.stringify(identity), { span, scope, source });
      }
    }
  }
  const starts = [...found.values()].map(({ span }) =>
    // Without a start, a span is drawn where it ends.
    toNanos(span.startTimeUnixNano) || toNanos(span.endTimeUnixNano)
  );
  const known = starts.filter((start) => start !== 0n);
  const startUnixNanos = known.reduce(
    (first, start) => start < first ? start : first,
    known[0] ?? 0n,
  );
  const spans = [...found.values()].map(({ span, scope, source }, index): TraceSpan => {
    // Without any time, it is drawn at the start of the trace.
    const start = starts[index]! || startUnixNanos;
    const resource = source.resource.attributes ?? [];
    return {
      spanId: span.spanId ?? "",
      parentSpanId: span.parentSpanId ?? "",
      name: span.name ?? "",
      kind: span.kind ?? 0,
      serviceName: attributeText(resource, "service.name") ?? "",
      isError: span.status?.code === STATUS_ERROR,
      startNanos: Number(start - startUnixNanos),
      // Clocks of senders may run backward; a bar can't.
      durationNanos: Math.max(0, Number(toNanos(span.endTimeUnixNano) - start)),
      span,
      scope,
      resource,
      source,
    };
  });
  spans.sort((a, b) => a.startNanos - b.startNanos || b.durationNanos - a.durationNanos);
  separate(spans);
  const durationNanos = spans.reduce((end, span) => Math.max(end, endOf(span)), 0);
  return { spans, startUnixNanos, durationNanos };
}

/**
 * Gives each span its own id if several share one; a server span with the client's id becomes its
 * child.
 */
function separate(spans: readonly TraceSpan[]): void {
  const first = new Map<string, TraceSpan>();
  const counts = new Map<string, number>();
  for (const span of spans) {
    const known = first.get(span.spanId);
    if (!known) {
      first.set(span.spanId, span);
      continue;
    }
    const number = (counts.get(known.spanId) ?? 1) + 1;
    counts.set(known.spanId, number);
    if (known.parentSpanId === span.parentSpanId && known.kind === CLIENT && span.kind === SERVER) {
      span.parentSpanId = known.spanId;
    }
    span.spanId = `${known.spanId} ${number}`;
  }
}

/** Nanoseconds since the trace's start. */
export function endOf(span: TraceSpan): number {
  return span.startNanos + span.durationNanos;
}

const KINDS = ["UNSPECIFIED", "INTERNAL", "SERVER", "CLIENT", "PRODUCER", "CONSUMER"];

/** The name of a span kind in the specification. */
export function kindName(kind: number): string {
  return KINDS[kind] ?? `unknown (${kind})`;
}
