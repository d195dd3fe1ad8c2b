import type { Span } from "@opentelemetry/api";
import { ATTR_HTTP_ROUTE } from "@opentelemetry/semantic-conventions";
import { DEFAULT_KNOWN_METHODS } from "../../../instrumentation/methods.ts";
import type { PreloadSettings } from "./settings.ts";

/** Adds the route to a server span, and names the span after it and the method of the request. */
export type RouteWriter = (span: Span, method: string, route: string) => void;

/** Creates a function that writes routes, with `HTTP` instead of unknown methods. */
export function createRouteWriter(
  { knownMethods = DEFAULT_KNOWN_METHODS }: PreloadSettings["http"],
): RouteWriter {
  const known = new Set(knownMethods);
  return (span, method, route) => {
    span.updateName(`${known.has(method) ? method : "HTTP"} ${route}`);
    span.setAttribute(ATTR_HTTP_ROUTE, route);
  };
}
