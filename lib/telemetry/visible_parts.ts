import { replaceUnsafe, visible } from "../unsafe_text.ts";

/** The same object with some properties replaced. The original may have private fields. */
export function shownAs<T extends object>(thing: T, properties: Partial<T>): T {
  return new Proxy(thing, {
    get(target, key) {
      if (Object.hasOwn(properties, key)) return properties[key as keyof T];
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

/**
 * The same value with control characters escaped in all of its strings, keys included. Line ends and tabs are
 * kept, because the console escapes them in the strings of a value.
 */
export function visibleParts<T>(value: T): T;
export function visibleParts(value: unknown): unknown {
  if (typeof value === "string") return visibleInside(value);
  if (Array.isArray(value)) return value.map((item) => visibleParts(item));
  if (typeof value !== "object" || value === null) return value;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [visibleInside(key), visibleParts(part)]),
  );
}

function visibleInside(text: string): string {
  return replaceUnsafe(text, (char) => char === "\n" || char === "\t" ? char : visible(char));
}
