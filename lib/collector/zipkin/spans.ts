import { plainAttributes, valueText } from "../../otlp/any_value.ts";
import type { KeyValue, Resource, Span, SpanEvent, TracesData } from "../../otlp/json.ts";

/** A span in Zipkin's v2 format. */
export interface ZipkinSpan {
  traceId: string;
  id: string;
  parentId?: string;
  kind?: "CLIENT" | "SERVER" | "PRODUCER" | "CONSUMER";
  /** In lower case, as in Zipkin. */
  name: string;
  /** Microseconds since 1970. */
  timestamp: number;
  /** Microseconds, at least 1. */
  duration: number;
  localEndpoint: { serviceName: string };
  annotations: { timestamp: number; value: string }[];
  tags: Record<string, string>;
}

const KINDS = [undefined, undefined, "SERVER", "CLIENT", "PRODUCER", "CONSUMER"] as const;
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
      spans.map((span) => zipkinSpan(span, resource, scope?.name ?? ""))
    )
  );
}

function zipkinSpan(span: Span, resource: Resource | undefined, scopeName: string): ZipkinSpan {
  const { service, tags } = resourceTags(resource);
  const kind = KINDS[span.kind ?? 0];
  const start = micros(span.startTimeUnixNano);
  const duration = Math.max(micros(span.endTimeUnixNano) - start, 1);
  return {
    traceId: span.traceId ?? "",
    id: span.spanId ?? "",
    ...span.parentSpanId && { parentId: span.parentSpanId },
    ...kind && { kind },
    name: (span.name ?? "").toLowerCase(),
    timestamp: start,
    duration,
    localEndpoint: { serviceName: service.toLowerCase() },
    annotations: (span.events ?? []).map(annotation),
    tags: {
      ...tags,
      ...tagsOf(span.attributes),
      ...scopeName && { "otel.scope.name": scopeName },
      ...span.status?.code === ERROR && {
        error: span.status.message || "true",
        "otel.status_code": "ERROR",
      },
    },
  };
}

function resourceTags(resource: Resource | undefined) {
  const { "service.name": service = "", ...tags } = tagsOf(resource?.attributes);
  return { service, tags };
}

function tagsOf(attributes: readonly KeyValue[] = []): Record<string, string> {
  return Object.fromEntries(attributes.map(({ key = "", value }) => [key, valueText(value)]));
}

function annotation({ timeUnixNano, name = "", attributes = [] }: SpanEvent) {
  const value = attributes.length === 0
    ? name
    : JSON.stringify({ [name]: plainAttributes(attributes) });
  return { timestamp: micros(timeUnixNano), value };
}

function micros(nanos: string | undefined): number {
  return Number(BigInt(nanos ?? 0) / 1000n);
}
