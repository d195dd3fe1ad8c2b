import { plainValue, valueText } from "../../otlp/any_value.ts";
import { nanosBetween, toNanos } from "../../otlp/nanos.ts";
import type {
  AnyValue,
  InstrumentationScope,
  KeyValue,
  Resource,
  ResourceSpans,
  Span,
  SpanEvent,
  SpanLink,
} from "../../otlp/json.ts";

/** A tag in Jaeger's own JSON. */
export interface JaegerTag {
  key: string;
  type: "string" | "bool" | "int64" | "float64" | "binary";
  value: unknown;
}

/** The source of spans: a service with the attributes of its resource. */
interface JaegerProcess {
  serviceName: string;
  tags: JaegerTag[];
}

/** A span in Jaeger's own JSON. Times and durations are in microseconds. */
export interface JaegerSpan {
  traceID: string;
  spanID: string;
  operationName: string;
  references: { refType: string; traceID: string; spanID: string }[];
  startTime: number;
  duration: number;
  tags: JaegerTag[];
  logs: { timestamp: number; fields: JaegerTag[] }[];
  processID: string;
  /** What the times stand in for, if the span lacks some. */
  warnings: string[] | null;
}

const SPAN_KINDS = [undefined, "internal", "server", "client", "producer", "consumer"];
const STATUS_CODES = [undefined, "OK", "ERROR"];
const ERROR = 2;

/** Converts the spans of one trace, and collects their processes. */
export class JaegerTrace {
  /** Keyed by the id that spans refer to. */
  readonly processes: Record<string, JaegerProcess> = {};
  readonly #ids = new Map<string, string>();

  /**
   * Converts spans as Jaeger does for its page.
   *
   * @see https://github.com/jaegertracing/jaeger/blob/main/internal/uimodel/model.go
   */
  spansOf({ resource, scopeSpans = [] }: ResourceSpans): JaegerSpan[] {
    const processID = this.#processId(resource);
    return scopeSpans.flatMap(({ scope, spans = [] }) =>
      spans.map((span) => ({ ...jaegerSpan(span, scope), processID }))
    );
  }

  #processId(resource: Resource | undefined): string {
    const attributes = resource?.attributes ?? [];
    const isName = ({ key }: KeyValue) => key === "service.name";
    const process = {
      serviceName: valueText(attributes.findLast(isName)?.value),
      tags: tagsOf(attributes.filter((attribute) => !isName(attribute))),
    };
    const key = JSON.stringify(process);
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const id = `p${this.#ids.size + 1}`;
    this.#ids.set(key, id);
    this.processes[id] = process;
    return id;
  }
}

/** Jaeger writes 64-bit ids without the leading half. */
export function jaegerTraceId(id: string): string {
  return id.startsWith("0".repeat(16)) ? id.slice(16) : id;
}

function jaegerSpan(span: Span, scope: InstrumentationScope | undefined) {
  // Without a start, a span is drawn where it ends.
  const startTime = micros(span.startTimeUnixNano) || micros(span.endTimeUnixNano);
  return {
    traceID: jaegerTraceId(span.traceId ?? ""),
    spanID: span.spanId ?? "",
    operationName: span.name ?? "",
    references: [
      ...span.parentSpanId ? [reference("CHILD_OF", span.traceId, span.parentSpanId)] : [],
      ...(span.links ?? []).map(linkReference),
    ],
    startTime,
    duration: durationMicros(span),
    tags: tagsOf([...span.attributes ?? [], ...fieldAttributes(span, scope)]),
    logs: (span.events ?? []).map((event) => log(event, startTime)),
    warnings: missingTimes(span),
  };
}

/** Fields that are not attributes in OpenTelemetry but tags in Jaeger. */
function fieldAttributes(
  { kind = 0, status, traceState }: Span,
  scope: InstrumentationScope | undefined,
): KeyValue[] {
  return [
    ...textAttribute("otel.scope.name", scope?.name),
    ...textAttribute("otel.scope.version", scope?.version),
    ...textAttribute("otel.status_code", STATUS_CODES[status?.code ?? 0]),
    ...textAttribute("otel.status_description", status?.message),
    ...textAttribute("span.kind", SPAN_KINDS[kind]),
    ...textAttribute("w3c.tracestate", traceState),
    ...status?.code === ERROR ? [{ key: "error", value: { boolValue: true } }] : [],
  ];
}

function textAttribute(key: string, stringValue: string | undefined): KeyValue[] {
  return stringValue ? [{ key, value: { stringValue } }] : [];
}

/** Sorted by key; if a key is repeated, the last attribute counts. */
function tagsOf(attributes: readonly KeyValue[]): JaegerTag[] {
  const tags = new Map(attributes.map(({ key = "", value }) => [key, jaegerTag(key, value)]));
  return [...tags.values()].sort((a, b) => a.key < b.key ? -1 : 1);
}

function jaegerTag(key: string, value: AnyValue | undefined): JaegerTag {
  const { boolValue, intValue, doubleValue, bytesValue } = value ?? {};
  if (boolValue !== undefined) return { key, type: "bool", value: boolValue };
  if (intValue !== undefined) return { key, type: "int64", value: plainValue(value) };
  if (doubleValue !== undefined) return { key, type: "float64", value: doubleValue };
  if (bytesValue !== undefined) return { key, type: "binary", value: bytesValue };
  return { key, type: "string", value: valueText(value) };
}

/** An event without a time is drawn at the start of its span. */
function log({ timeUnixNano, name, attributes = [] }: SpanEvent, startTime: number) {
  const fields = tagsOf([...textAttribute("event", name), ...attributes]);
  return { timestamp: micros(timeUnixNano) || startTime, fields };
}

/** OpenTracing bridges store the type of a reference in an attribute. */
function linkReference({ traceId, spanId = "", attributes = [] }: SpanLink) {
  const isChild = attributes.some(({ key, value }) =>
    key === "opentracing.ref_type" && value?.stringValue === "child_of"
  );
  return reference(isChild ? "CHILD_OF" : "FOLLOWS_FROM", traceId, spanId);
}

function reference(refType: string, traceId: string | undefined, spanID: string) {
  return { refType, traceID: jaegerTraceId(traceId ?? ""), spanID };
}

/** 0 if a clock went backward, or a time is missing. */
function durationMicros({ startTimeUnixNano, endTimeUnixNano }: Span): number {
  const nanos = nanosBetween(startTimeUnixNano, endTimeUnixNano) ?? 0;
  return Math.max(Math.trunc(nanos / 1000), 0);
}

function missingTimes({ startTimeUnixNano, endTimeUnixNano, events = [] }: Span): string[] | null {
  const isMissing = (time: string | undefined) => toNanos(time) === 0n;
  const warnings = [
    ...isMissing(startTimeUnixNano) ? ["The start time is missing"] : [],
    ...isMissing(endTimeUnixNano) ? ["The end time is missing"] : [],
    ...events.some(({ timeUnixNano }) => isMissing(timeUnixNano))
      ? ["The time of an event is missing: it is shown at the start of the span"]
      : [],
  ];
  return warnings.length > 0 ? warnings : null;
}

function micros(nanos = "0"): number {
  return Number(BigInt(nanos) / 1000n);
}
