const encoder = new TextEncoder();

/**
 * Responds with JSON: a value, or text that is already JSON. As in OTLP, numbers that JSON lacks become
 * text.
 */
export function jsonResponse(
  value: unknown,
  { status = 200, headers = {} }: { status?: number; headers?: Record<string, string> } = {},
): Response {
  const body = value instanceof Uint8Array
    ? value as Uint8Array<ArrayBuffer>
    : encoder.encode(JSON.stringify(value, nonFiniteAsText));
  return new Response(body, {
    status,
    headers: {
      "content-type": "application/json",
      "content-length": String(body.length),
      ...headers,
    },
  });
}

/** Replaces numbers with `"NaN"`, `"Infinity"` and `"-Infinity"`; JSON would write null. */
function nonFiniteAsText(_: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}
