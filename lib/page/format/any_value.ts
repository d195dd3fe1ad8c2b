import type { AnyValue } from "../../otlp/json.ts";

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
