import type { AnyValue, KeyValue } from "../../otlp/json.ts";

/** A value for display: strings unchanged, others as JSON. */
export function formatAnyValue(value: AnyValue | undefined): string {
  const plain = toPlain(value);
  return typeof plain === "string" ? plain : JSON.stringify(plain) ?? "";
}

/** The attribute's value as text; undefined if there is none. */
export function findAttribute(
  attributes: readonly KeyValue[] | undefined,
  key: string,
): string | undefined {
  const found = attributes?.find((attribute) => attribute.key === key);
  return found && formatAnyValue(found.value);
}

/** The type of a value, in the specification's terms. */
export function typeOfAnyValue(value: AnyValue | undefined): string {
  if (value?.stringValue !== undefined) return "string";
  if (value?.boolValue !== undefined) return "boolean";
  if (value?.intValue !== undefined) return "int";
  if (value?.doubleValue !== undefined) return "double";
  if (value?.arrayValue !== undefined) return "array";
  if (value?.kvlistValue !== undefined) return "map";
  if (value?.bytesValue !== undefined) return "bytes";
  return "empty";
}

function toPlain(value: AnyValue | undefined): unknown {
  if (!value) return "";
  if (value.stringValue !== undefined) return value.stringValue;
  if (value.boolValue !== undefined) return value.boolValue;
  // A 64-bit integer stays a string, because a number would round it.
  if (value.intValue !== undefined) return String(value.intValue);
  if (value.doubleValue !== undefined) return value.doubleValue;
  if (value.arrayValue) return (value.arrayValue.values ?? []).map(toPlain);
  if (value.kvlistValue) {
    return Object.fromEntries(
      (value.kvlistValue.values ?? []).map(({ key = "", value }) => [key, toPlain(value)]),
    );
  }
  return value.bytesValue ?? "";
}
