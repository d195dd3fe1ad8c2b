import { type AttributeValue, SpanKind, SpanStatusCode } from "@opentelemetry/api";
import { hrTimeToMicroseconds } from "@opentelemetry/core";
import type { ReadableSpan, TimedEvent } from "@opentelemetry/sdk-trace-base";
import {
  ATTR_OTEL_SCOPE_NAME,
  ATTR_OTEL_SCOPE_VERSION,
  ATTR_OTEL_STATUS_CODE,
  ATTR_SERVICE_NAME,
} from "@opentelemetry/semantic-conventions";
import { remoteEndpoint, withoutFalseError, type ZipkinEndpoint } from "../../zipkin_model.ts";
import type { ItemEncoding } from "../otlp/item_encoding.ts";
import { nonFiniteAsText } from "../../otlp/non_finite.ts";

const KINDS: Readonly<Record<SpanKind, string | undefined>> = {
  [SpanKind.INTERNAL]: undefined,
  [SpanKind.SERVER]: "SERVER",
  [SpanKind.CLIENT]: "CLIENT",
  [SpanKind.PRODUCER]: "PRODUCER",
  [SpanKind.CONSUMER]: "CONSUMER",
};

/** Zipkin's format, which is JSON: each span is encoded separately. */
export const ZIPKIN_ENCODING: ItemEncoding<ReadableSpan> = {
  createEncoder() {
    const spans: string[] = [];
    return {
      add: (span) => void spans.push(JSON.stringify(zipkinSpan(span))),
      finish: () => new TextEncoder().encode(`[${spans.join()}]`),
    };
  },
};

/**
 * Maps a span to Zipkin as the specification does: attributes of span and resource become tags, events become
 * annotations, and an error becomes the tag `error`.
 *
 * @see https://opentelemetry.io/docs/specs/otel/trace/sdk_exporters/zipkin/
 */
function zipkinSpan(span: ReadableSpan): object {
  const { traceId, spanId } = span.spanContext();
  const { [ATTR_SERVICE_NAME]: serviceName, ...resource } = span.resource.attributes;
  return {
    traceId,
    id: spanId,
    parentId: span.parentSpanContext?.spanId,
    name: span.name,
    kind: KINDS[span.kind],
    timestamp: Math.floor(hrTimeToMicroseconds(span.startTime)),
    // In Zipkin, 0 means unknown.
    duration: Math.max(Math.round(hrTimeToMicroseconds(span.duration)), 1),
    localEndpoint: { serviceName },
    remoteEndpoint: remoteEndpointOf(span),
    tags: {
      ...tagsOf(resource),
      ...withoutFalseError(tagsOf(span.attributes)),
      ...ownTags(span),
    },
    annotations: span.events.length > 0 ? span.events.map(annotation) : undefined,
  };
}

/** What a span calls; without it, Zipkin knows no dependency. */
function remoteEndpointOf({ kind, attributes }: ReadableSpan): ZipkinEndpoint | undefined {
  if (kind !== SpanKind.CLIENT && kind !== SpanKind.PRODUCER) return undefined;
  return remoteEndpoint((key) => attributes[key]?.toString());
}

/** Fields that are not attributes in OpenTelemetry but tags in Zipkin. */
function ownTags(span: ReadableSpan): Record<string, string> {
  const { instrumentationScope: { name, version }, status } = span;
  const dropped = {
    "otel.dropped_attributes_count": span.droppedAttributesCount,
    "otel.dropped_events_count": span.droppedEventsCount,
    "otel.dropped_links_count": span.droppedLinksCount,
  };
  return {
    ...name && { [ATTR_OTEL_SCOPE_NAME]: name },
    ...version && { [ATTR_OTEL_SCOPE_VERSION]: version },
    ...tagsOf(Object.fromEntries(Object.entries(dropped).filter(([, count]) => count > 0))),
    ...status.code !== SpanStatusCode.UNSET &&
      { [ATTR_OTEL_STATUS_CODE]: SpanStatusCode[status.code] },
    ...status.code === SpanStatusCode.ERROR && { error: status.message || "true" },
  };
}

function tagsOf(
  attributes: Readonly<Record<string, AttributeValue | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name,
      typeof value === "string"
        ? value
        : typeof value === "number"
        ? String(value)
        : JSON.stringify(value, nonFiniteAsText),
    ]),
  );
}

function annotation({ time, name, attributes = {} }: TimedEvent): object {
  const isBare = Object.keys(attributes).length === 0;
  return {
    timestamp: Math.floor(hrTimeToMicroseconds(time)),
    value: isBare ? name : JSON.stringify({ [name]: attributes }, nonFiniteAsText),
  };
}
