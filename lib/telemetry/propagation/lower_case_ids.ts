import type { SpanContext } from "@opentelemetry/api";

/**
 * The span context with ids in lower case, as the specification writes them: the API takes upper case for
 * valid, too, and then the same trace would have two ids.
 *
 * @see https://opentelemetry.io/docs/specs/otel/trace/api/#retrieving-the-traceid-and-spanid
 */
export function lowerCaseIds(spanContext: SpanContext): SpanContext {
  const traceId = spanContext.traceId.toLowerCase();
  const spanId = spanContext.spanId.toLowerCase();
  const isLower = traceId === spanContext.traceId && spanId === spanContext.spanId;
  return isLower ? spanContext : { ...spanContext, traceId, spanId };
}
