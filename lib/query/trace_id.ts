/** The number of hex digits in a trace id. */
export const TRACE_ID_LENGTH = 32;

/**
 * The id, or its beginning, if a text contains only a trace id: 32 hex digits, at least the first
 * seven of them, or a `traceparent` header.
 */
export function traceIdIn(text: string): string | undefined {
  const [, id] =
    /^\s*(?:[\da-f]{2}-(?=[\da-f]{32}-))?([\da-f]{7,32})(?:-[\da-f]{16}-[\da-f]{2})?\s*$/i
      .exec(text) ?? [];
  return id?.toLowerCase();
}
