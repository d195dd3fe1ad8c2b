const encoder = new TextEncoder();

/** Answers JSON: a value, or what is JSON already. */
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

/** Puts JSON that is at hand in bytes into a larger one, without parsing it. */
export function concat(parts: (string | Uint8Array)[]): Uint8Array<ArrayBuffer> {
  const encoded = parts.map((part) => typeof part === "string" ? encoder.encode(part) : part);
  const whole = new Uint8Array(encoded.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of encoded) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
