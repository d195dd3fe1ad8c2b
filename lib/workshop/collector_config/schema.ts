import { suggest } from "../../suggest.ts";

/** The maximum number of wrong letters for which a name is suggested. */
export const MAX_DISTANCE = 2;

/** The kinds of simple values. A duration is written as in Go: `200ms`, `1m30s`. */
export type ValueKind = "text" | "integer" | "number" | "boolean" | "duration" | "any";

/** What a setting can hold: a value, one of several words, a list, a map with any keys, or certain settings. */
export type Setting =
  | ValueKind
  | { readonly oneOf: readonly string[] }
  | { readonly listOf: Setting }
  | { readonly mapOf: Setting }
  | Settings;

/** The settings of a component or a group, by name. */
export interface Settings {
  readonly settings: Readonly<Record<string, Setting>>;
}

const DURATION = /^[+-]?(\d+(\.\d*)?(ns|us|µs|μs|ms|s|m|h))+$/;
/** The Collector replaces these, with values that can't be known here. */
const VARIABLE = /\$\{/;

/**
 * What is wrong with a value, where it is in the configuration, such as `tls.insecure`. An absent value is
 * always right: what is required is checked elsewhere.
 */
export function misfits(value: unknown, setting: Setting, path = ""): string[] {
  if (value === null || value === undefined) return [];
  if (typeof value === "string" && VARIABLE.test(value)) return [];
  if (typeof setting === "string") {
    return isOfKind(value, setting) ? [] : [`${path}: expected ${wordFor(setting)}`];
  }
  if ("oneOf" in setting) {
    const words = setting.oneOf;
    const isOne = typeof value === "string" && words.includes(value.toLowerCase());
    return isOne ? [] : [`${path}: expected one of ${words.join(", ")}`];
  }
  if ("listOf" in setting) {
    if (!Array.isArray(value)) return [`${path}: expected a list`];
    return value.flatMap((item, i) => misfits(item, setting.listOf, `${path}[${i}]`));
  }
  if (typeof value !== "object" || Array.isArray(value)) {
    return [path === "" ? "expected a map of settings" : `${path}: expected a map of settings`];
  }
  return Object.entries(value).flatMap(([name, inner]) => {
    const innerPath = path === "" ? name : `${path}.${name}`;
    if ("mapOf" in setting) return misfits(inner, setting.mapOf, innerPath);
    const known = setting.settings;
    if (Object.hasOwn(known, name)) return misfits(inner, known[name]!, innerPath);
    const meant = suggest(name, Object.keys(known), { maxDistance: MAX_DISTANCE });
    return [`has no setting ${innerPath}${meant ? `: did you mean ${meant}?` : ""}`];
  });
}

function isOfKind(value: unknown, kind: ValueKind): boolean {
  switch (kind) {
    case "any":
      return true;
    case "text":
      return typeof value === "string";
    case "integer":
    case "number":
      return typeof value === "number" && value >= 0;
    case "boolean":
      return typeof value === "boolean";
    case "duration":
      // Without a unit, a number means nanoseconds.
      return typeof value === "number" || value === "0" ||
        typeof value === "string" && DURATION.test(value);
  }
}

function wordFor(kind: ValueKind): string {
  switch (kind) {
    case "any":
      return "a value";
    case "text":
      return "text, in quotes if it looks like a number";
    case "integer":
    case "number":
      return "a number of at least 0";
    case "boolean":
      return "true or false";
    case "duration":
      return "a time such as 1s";
  }
}
