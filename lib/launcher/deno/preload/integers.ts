import type { Attributes, AttributeValue } from "@opentelemetry/api";

/** An integer in the form that Deno's spans need: Deno exports every number as a double. */
export function integer(value: number): AttributeValue {
  return BigInt(value) as unknown as AttributeValue;
}

/**
 * The value as OpenTelemetry's SDK for JavaScript exports it: a whole number, or a list of whole numbers, is an
 * integer.
 */
export function withIntegers(value: AttributeValue): AttributeValue {
  if (typeof value === "number") return Number.isSafeInteger(value) ? integer(value) : value;
  if (!Array.isArray(value) || value.length === 0) return value;
  const isWhole = value.every((item) => Number.isSafeInteger(item));
  return isWhole ? value.map((item) => integer(item as number)) as unknown as string[] : value;
}

/** The same for all values; the given attributes are not changed. */
export function attributesWithIntegers(attributes: Attributes): Attributes {
  const exported = { ...attributes };
  for (const key in exported) {
    const value = exported[key];
    if (typeof value === "number" || typeof value === "object") exported[key] = withIntegers(value);
  }
  return exported;
}
