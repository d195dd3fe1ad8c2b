import { type Attributes, type AttributeValue, diag } from "@opentelemetry/api";
import { isAttributeValue } from "@opentelemetry/core";

/** The prototype property: assigning to it would not add an attribute of that name. */
export const PROTO = "__proto__";

/** Copies the valid attributes and returns their number. Arrays are copied, too. */
export function copyAttributes(from: Attributes | undefined, to: Attributes): number {
  let count = 0;
  for (const key in from) {
    if (!Object.hasOwn(from, key)) continue;
    const value = from[key];
    if (value === undefined || value === null) continue;
    const type = typeof value;
    const isPlain = type === "string" || type === "number" || type === "boolean";
    if (key === "" || !(isPlain || isAttributeValue(value))) {
      warnOfInvalid(key);
      continue;
    }
    putAttribute(to, key, Array.isArray(value) ? [...value] as AttributeValue : value);
    count++;
  }
  return count;
}

/** Sets an attribute of any name. */
export function putAttribute(
  attributes: Attributes,
  key: string,
  value: AttributeValue | undefined,
): void {
  if (key !== PROTO) attributes[key] = value;
  else {
    const own = { value, enumerable: true, writable: true, configurable: true };
    Object.defineProperty(attributes, key, own);
  }
}

/** Logs that an attribute is left out. */
export function warnOfInvalid(key: string): void {
  diag.warn(`Leaving out the attribute "${key}": its key is empty, or its value is invalid`);
}
