import { nonFiniteAsText } from "../../otlp/non_finite.ts";

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

/** Adds a member to the JSON of an object that is not empty. */
export function withMember(
  json: Uint8Array,
  name: string,
  value: unknown,
): Uint8Array<ArrayBuffer> {
  const member = encoder.encode(`,${JSON.stringify(name)}:${JSON.stringify(value)}}`);
  const whole = new Uint8Array(json.length - 1 + member.length);
  whole.set(json.subarray(0, -1));
  whole.set(member, json.length - 1);
  return whole;
}
