import type { AnyValue, KeyValue } from "./json.ts";

/**
 * A value as text: texts unchanged, bytes in base64, lists and maps as JSON, the empty value as an empty text.
 *
 * @see https://opentelemetry.io/docs/specs/otel/common/#anyvalue-representation-for-non-otlp-protocols
 */
export function valueText(value: AnyValue | undefined): string {
  if (!value) return "";
  if (value.arrayValue || value.kvlistValue) return valueJson(value);
  const { stringValue, intValue, boolValue, doubleValue, bytesValue } = value;
  return String(stringValue ?? intValue ?? boolValue ?? doubleValue ?? bytesValue ?? "");
}

/** The value of an attribute as text; if there are several, the last one counts. */
export function attributeText(
  attributes: readonly KeyValue[] | undefined,
  key: string,
): string | undefined {
  const attribute = attributes?.findLast((attribute) => (attribute.key ?? "") === key);
  return attribute && valueText(attribute.value);
}

/** Attributes as a JSON object, in the same representation as {@linkcode valueText}. */
export function attributesJson(attributes: readonly KeyValue[] = []): string {
  const byKey = new Map(attributes.map(({ key = "", value }) => [key, value]));
  const members = [...byKey].map(([key, value]) => `${JSON.stringify(key)}:${valueJson(value)}`);
  return `{${members.join(",")}}`;
}

/**
 * Integers keep all digits. Values that JSON lacks become texts: bytes, and doubles that aren't
 * finite.
 */
function valueJson(value: AnyValue | undefined): string {
  if (!value) return "null";
  const { stringValue, intValue, boolValue, doubleValue, bytesValue } = value;
  if (value.arrayValue) return `[${(value.arrayValue.values ?? []).map(valueJson).join(",")}]`;
  if (value.kvlistValue) return attributesJson(value.kvlistValue.values);
  if (intValue !== undefined) return String(intValue);
  if (typeof doubleValue === "number" && !Number.isFinite(doubleValue)) {
    return JSON.stringify(String(doubleValue));
  }
  return JSON.stringify(stringValue ?? boolValue ?? doubleValue ?? bytesValue ?? null);
}

/** The JSON of a value; 64-bit integers beyond the range of a number stay decimal strings. */
export type PlainValue = string | number | boolean | null | PlainValue[] | PlainObject;
export interface PlainObject {
  [key: string]: PlainValue;
}

/** A value without type names; bytes are base64, the empty value is null. */
export function plainValue(value: AnyValue | undefined): PlainValue {
  if (!value) return null;
  const { stringValue, boolValue, intValue, doubleValue, bytesValue } = value;
  if (value.arrayValue) return (value.arrayValue.values ?? []).map(plainValue);
  if (value.kvlistValue) return plainAttributes(value.kvlistValue.values);
  if (intValue !== undefined) {
    return Number.isSafeInteger(Number(intValue)) ? Number(intValue) : intValue;
  }
  return stringValue ?? boolValue ?? doubleValue ?? bytesValue ?? null;
}

/** Attributes by key. */
export function plainAttributes(attributes: readonly KeyValue[] = []): PlainObject {
  return Object.fromEntries(attributes.map(({ key = "", value }) => [key, plainValue(value)]));
}
