import type { KeyValue } from "../json.ts";

/** Parts of parsed JSON whose shape nobody has checked: what is not as expected is absent. */
export type Json = Record<string, unknown>;

/** An object; one without members if it is something else. */
export function objectIn(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value as Json : {};
}

/** The objects of a list; none if it is something else. */
export function objectsIn(value: unknown): Json[] {
  return Array.isArray(value) ? value.map(objectIn) : [];
}

/** A text; empty if it is something else. */
export function textIn(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** Microseconds since 1970, or of a duration, in nanoseconds as OTLP's JSON writes them. */
export function nanosOfMicros(...micros: unknown[]): string {
  const sum = micros.reduce<number>((sum, one) => sum + (Number(one) || 0), 0);
  return String(BigInt(Math.max(0, Math.round(sum))) * 1000n);
}

/** An id of 16 or 8 bytes in hex: shorter ones, without leading zeros or of 64 bits, are padded. */
export function idIn(value: unknown, digits: 16 | 32): string {
  const id = textIn(value);
  return id === "" ? "" : id.padStart(digits, "0");
}

/** An attribute with a text. */
export function attribute(key: string, text: string): KeyValue {
  return { key, value: { stringValue: text } };
}

const SPAN_KINDS = ["unspecified", "internal", "server", "client", "producer", "consumer"];

/** The number of a span's kind, given its name in any case. */
export function kindOf(name: unknown): number {
  return Math.max(0, SPAN_KINDS.indexOf(textIn(name).toLowerCase()));
}
