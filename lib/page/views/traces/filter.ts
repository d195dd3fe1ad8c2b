import type { Params } from "../../api.ts";
import { parseDuration } from "../../format/duration.ts";

/** The filter's parameters, named as in the URL and the API. */
export const FILTER_NAMES = [
  "service",
  "operation",
  "status",
  "min_duration",
  "attribute",
  "q",
] as const;

/** The URL's filter as parameters of the API; incomplete durations and attributes are left out. */
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

/** Whether the URL has a filter. */
export function isFiltered(params: URLSearchParams): boolean {
  return FILTER_NAMES.some((name) => params.has(name));
}

/** Whether a text is an attribute: `key=value`. */
export function isAttribute(text: string): boolean {
  return text.indexOf("=") > 0;
}
