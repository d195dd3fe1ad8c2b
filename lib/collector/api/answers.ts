const encoder = new TextEncoder();

/** Responds with JSON: a value, or text that is already JSON. */
export function jsonResponse(
  value: unknown,
  { status = 200, headers = {} }: { status?: number; headers?: Record<string, string> } = {},
): Response {
  const body = value instanceof Uint8Array
    ? value as Uint8Array<ArrayBuffer>
    : encoder.encode(JSON.stringify(value));
  return new Response(body, {
    status,
    headers: {
      "content-type": "application/json",
      "content-length": String(body.length),
      ...headers,
    },
  });
}
