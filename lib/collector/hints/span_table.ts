import type { KeyValue, Span, SpanEvent, TracesData } from "../../otlp/json.ts";

/** Only the name of an event is needed. */
const EXCEPTION: SpanEvent = { name: "exception" };

/** A span with its resource and scope. */
export interface PlacedSpan {
  span: Span;
  resource: KeyValue[];
  serviceName: string;
}

/** All spans of the data, with their resources. */
export function listSpans({ resourceSpans = [] }: TracesData): PlacedSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans = [] }) => {
    const attributes = resource?.attributes ?? [];
    const serviceName = findAttribute(attributes, "service.name")?.stringValue ?? "";
    return scopeSpans.flatMap(({ spans = [] }) =>
      spans.map((span) => ({ span, resource: attributes, serviceName }))
    );
  });
}

/**
 * Spans with only the fields that hints use: there may be a hundred thousand.
 *
 * @param isNeeded Whether an attribute with this name is used.
 */
export function slimSpans(data: TracesData, isNeeded: (key: string) => boolean): PlacedSpan[] {
  return listSpans(data).map(({ span, ...place }) => {
    const { events, attributes, links: _, ...slim } = span;
    const hasException = events?.some(({ name }) => name === EXCEPTION.name);
    return {
      ...place,
      span: {
        ...slim,
        ...hasException && { events: [EXCEPTION] },
        ...attributes && { attributes: attributes.filter(({ key = "" }) => isNeeded(key)) },
      },
    };
  });
}

/** The value of an attribute; the last one if the key is repeated. */
export function findAttribute(attributes: KeyValue[] | undefined, key: string) {
  return attributes?.findLast((attribute) => attribute.key === key)?.value;
}

/** The name of a span in hints. */
export function spanTitle({ span, serviceName }: PlacedSpan): string {
  return `"${span.name ?? ""}"${serviceName ? ` of ${serviceName}` : ""}`;
}

/** The ids that link to a span. */
export function spanEvidence({ traceId = "", spanId = "" }: Span) {
  return { traceId, spanId };
}
