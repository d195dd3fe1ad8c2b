import { attributesJson, valueText } from "../../otlp/any_value.ts";
import type {
  InstrumentationScope,
  KeyValue,
  Resource,
  Span,
  SpanEvent,
  TracesData,
} from "../../otlp/json.ts";
import { remoteEndpoint, withoutFalseError, type ZipkinEndpoint } from "../../zipkin_model.ts";

/** A span in Zipkin's v2 format. */
export interface ZipkinSpan {
  traceId: string;
  id: string;
  parentId?: string;
  kind?: "CLIENT" | "SERVER" | "PRODUCER" | "CONSUMER";
  /** In lower case, as in Zipkin. */
  name: string;
  /** Microseconds since 1970; absent if the span has no start. */
  timestamp?: number;
  /** Microseconds, at least 1; absent if the span has no start or no end. */
  duration?: number;
  /** Absent if the service has no name. */
  localEndpoint?: ZipkinEndpoint;
  /** The service that a CLIENT or PRODUCER span calls. */
  remoteEndpoint?: ZipkinEndpoint;
  annotations: { timestamp: number; value: string }[];
  tags: Record<string, string>;
}

const KINDS = [undefined, undefined, "SERVER", "CLIENT", "PRODUCER", "CONSUMER"] as const;
/** The names of status codes; an unset status has none. */
const STATUS_CODES = [undefined, "OK", "ERROR"] as const;
const ERROR = 2;

/**
 * The spans of a trace in Zipkin's model: attributes of span and resource become tags, events become
 * annotations, and an error becomes the tag `error`.
 *
 * @see https://opentelemetry.io/docs/specs/otel/trace/sdk_exporters/zipkin/
 */
export function zipkinSpans({ resourceSpans = [] }: TracesData): ZipkinSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans = [] }) =>
    scopeSpans.flatMap(({ scope, spans = [] }) =>
      spans.map((span) => zipkinSpan(span, resource, scope))
    )
  );
}

function zipkinSpan(
  span: Span,
  resource: Resource | undefined,
  scope: InstrumentationScope | undefined,
): ZipkinSpan {
  const { service, tags } = resourceTags(resource);
  const attributes = tagsOf(span.attributes);
  const kind = KINDS[span.kind ?? 0];
  const start = micros(span.startTimeUnixNano);
  const end = micros(span.endTimeUnixNano);
  const remote = kind === "CLIENT" || kind === "PRODUCER"
    ? remoteEndpoint((key) => Object.hasOwn(attributes, key) ? attributes[key] : undefined)
    : undefined;
  return {
    traceId: span.traceId ?? "",
    id: span.spanId ?? "",
    ...span.parentSpanId && { parentId: span.parentSpanId },
    ...kind && { kind },
    name: (span.name ?? "").toLowerCase(),
    ...start > 0 && { timestamp: start },
    ...start > 0 && end > 0 && { duration: Math.max(end - start, 1) },
    ...service && { localEndpoint: { serviceName: service.toLowerCase() } },
    ...remote && { remoteEndpoint: remote },
    annotations: (span.events ?? []).flatMap((event) => annotation(event, start)),
    tags: { ...tags, ...withoutFalseError(attributes), ...fieldTags(span, scope) },
  };
}

/** Fields that are not attributes in OpenTelemetry but tags in Zipkin. */
function fieldTags(
  { status, droppedAttributesCount, droppedEventsCount, droppedLinksCount }: Span,
  scope: InstrumentationScope | undefined,
): Record<string, string> {
  const code = STATUS_CODES[status?.code ?? 0];
  return {
    ...scope?.name && { "otel.scope.name": scope.name },
    ...scope?.version && { "otel.scope.version": scope.version },
    ...countTag("otel.dropped_attributes_count", droppedAttributesCount),
    ...countTag("otel.dropped_events_count", droppedEventsCount),
    ...countTag("otel.dropped_links_count", droppedLinksCount),
    ...code && { "otel.status_code": code },
    ...status?.code === ERROR && { error: status.message || "true" },
  };
}

function countTag(name: string, count = 0): Record<string, string> {
  return count > 0 ? { [name]: String(count) } : {};
}

function resourceTags(resource: Resource | undefined) {
  const { "service.name": service = "", ...tags } = tagsOf(resource?.attributes);
  return { service, tags };
}

function tagsOf(attributes: readonly KeyValue[] = []): Record<string, string> {
  return Object.fromEntries(attributes.map(({ key = "", value }) => [key, valueText(value)]));
}

/**
 * An event without a time is shown at the span's start, and left out without one: Zipkin's clients reject
 * a whole trace with an annotation that has no time.
 */
function annotation(
  { timeUnixNano, name = "", attributes = [] }: SpanEvent,
  start: number,
): ZipkinSpan["annotations"] {
  const value = attributes.length === 0
    ? name
    : `{${JSON.stringify(name)}:${attributesJson(attributes)}}`;
  const timestamp = micros(timeUnixNano) || start;
  return timestamp > 0 ? [{ timestamp, value }] : [];
}

function micros(nanos: string | undefined): number {
  return Number(BigInt(nanos ?? 0) / 1000n);
}
