import { context } from "@opentelemetry/api";
import type { MiddlewareHandler } from "hono";
import { isOtherInstrumentation, markInstrumentation, routesOf } from "./answering_route.ts";
import { HandledRequest } from "./handled_request.ts";
import { isInstrumentedBefore, passOn, record } from "./handling.ts";
import type { HttpInstrumentationOptions } from "./http_options.ts";
import { HttpRecorder } from "./http_recorder.ts";

/**
 * As `httpInstrumentation()`, for apps that know nothing of it, where the server makes a span of each
 * request: it makes none itself, and stands back where an app brings an instrumentation of its own.
 */
export function httpEnrichment(options: HttpInstrumentationOptions = {}): MiddlewareHandler {
  const recorder = new HttpRecorder(options);

  const middleware: MiddlewareHandler = function httpEnrichment(c, next) {
    if (isInstrumentedBefore(c)) return next();
    const active = context.active();
    const caller = HandledRequest.find(c, active);
    if (caller) return passOn(c, next, caller, active);
    if (routesOf(c).some(({ handler }) => isOtherInstrumentation(handler))) return next();
    const recording = recorder.enrich(c, active);
    return recording ? record(recording, c, next) : next();
  };
  markInstrumentation(middleware);
  return middleware;
}
