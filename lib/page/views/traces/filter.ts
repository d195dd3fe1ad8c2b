import type { Params } from "../../api.ts";
import { parseDuration } from "../../format/duration.ts";

/** What the filter can ask for, by the names that address and API share. */
export const FILTER_NAMES = [
  "service",
  "operation",
  "status",
  "min_duration",
  "attribute",
  "q",
] as const;

/** The filter of an address as parameters of the API; half-typed durations and attributes are left out. */
export function toParams(params: URLSearchParams): Params {
  const nanos = parseDuration(params.get("min_duration") ?? "");
  return {
    service: params.get("service") ?? undefined,
    operation: params.get("operation") ?? undefined,
    status: params.get("status") ?? undefined,
    min_duration: nanos === undefined ? undefined : `${nanos}ns`,
    attribute: params.getAll("attribute").filter(isAttribute),
    q: params.get("q") ?? undefined,
  };
}

/** Whether the address has any filter. */
export function isFiltered(params: URLSearchParams): boolean {
  return FILTER_NAMES.some((name) => params.has(name));
}

/** Whether a text reads as an attribute: `key=value`. */
export function isAttribute(text: string): boolean {
  return text.indexOf("=") > 0;
}
