import type { AnyValue, KeyValue } from "./json.ts";

/** A value as text: strings unchanged, lists and maps as JSON, the empty value as an empty text. */
export function valueText(value: AnyValue | undefined): string {
  const plain = plainValue(value);
  if (plain === null) return "";
  return typeof plain === "object" ? JSON.stringify(plain) : String(plain);
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
