import { ATTR_SERVICE_NAME } from "@opentelemetry/semantic-conventions";
import type { KeyValue } from "../json.ts";

/** Parts of parsed JSON with an unchecked structure: anything unexpected counts as absent. */
export type Json = Record<string, unknown>;

/** An object; empty if the value is something else. */
export function objectIn(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value as Json : {};
}

/** The objects in a list; none if the value is something else. */
export function objectsIn(value: unknown): Json[] {
  return Array.isArray(value) ? value.map(objectIn) : [];
}

/** A text; empty if the value is something else. */
export function textIn(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** The sum of times or durations in microseconds, as nanoseconds in the format of OTLP's JSON. */
export function nanosOfMicros(...micros: unknown[]): string {
  const sum = micros.reduce<number>((sum, one) => sum + (Number(one) || 0), 0);
  return String(BigInt(Math.max(0, Math.round(sum))) * 1000n);
}

/**
 * An id of 16 or 8 bytes in hex. Shorter ids are padded: those of 64 bits, or without leading
 * zeros.
 */
export function idIn(value: unknown, digits: 16 | 32): string {
  const id = textIn(value);
  return id === "" ? "" : id.padStart(digits, "0");
}

const BASE64_ID = /^(?:[A-Za-z\d+/]{11}=|[A-Za-z\d+/]{22}==)$/;

/** An id in hex, which protobuf's own JSON has in base64; anything else as it is. */
export function hexIdOf(value: unknown): unknown {
  const text = textIn(value);
  return BASE64_ID.test(text) ? Uint8Array.fromBase64(text).toHex() : value;
}

/** An attribute with a string value. */
export function attribute(key: string, text: string): KeyValue {
  return { key, value: { stringValue: text } };
}

/** The attributes of a service, which may have no name. */
export function serviceAttributes(name: unknown): KeyValue[] {
  const text = textIn(name);
  return text === "" ? [] : [attribute(ATTR_SERVICE_NAME, text)];
}

const SPAN_KINDS = ["unspecified", "internal", "server", "client", "producer", "consumer"];

/** The number of a span's kind, given its name in any case. */
export function kindOf(name: unknown): number {
  return Math.max(0, SPAN_KINDS.indexOf(textIn(name).toLowerCase()));
}
