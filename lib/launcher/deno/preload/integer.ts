import type { AttributeValue } from "@opentelemetry/api";

/** An integer as Deno's spans take it: what they get as a number, Deno exports as a double. */
export function integer(value: number): AttributeValue {
  return BigInt(value) as unknown as AttributeValue;
}
