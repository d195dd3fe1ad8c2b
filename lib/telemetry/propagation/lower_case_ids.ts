import type { SpanContext } from "@opentelemetry/api";

/**
 * The span context with lower-case ids, as the specification requires. The API also accepts upper case as
 * valid, which would give the same trace two ids.
 *
 * @see https://opentelemetry.io/docs/specs/otel/trace/api/#retrieving-the-traceid-and-spanid
 */
export function lowerCaseIds(spanContext: SpanContext): SpanContext {
  const traceId = spanContext.traceId.toLowerCase();
  const spanId = spanContext.spanId.toLowerCase();
  const isLower = traceId === spanContext.traceId && spanId === spanContext.spanId;
  return isLower ? spanContext : { ...spanContext, traceId, spanId };
}
