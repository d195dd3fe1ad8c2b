import type { AttributeValue } from "@opentelemetry/api";

/** An integer in the form that Deno's spans need: Deno exports every number as a double. */
export function integer(value: number): AttributeValue {
  return BigInt(value) as unknown as AttributeValue;
}
