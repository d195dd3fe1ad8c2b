import type { Span } from "@opentelemetry/api";
import type { Context } from "hono";
import type { HandledRequest } from "./handled_request.ts";

/**
 * These symbols are the same in all copies of this module. Properties cost less than a WeakMap, which the
 * garbage collector has to look through.
 */
const SERVER_SPAN = Symbol.for("otel-kit: server span");
const HANDLING = Symbol.for("otel-kit: handling");

/** Which app handles a request. */
export interface Handling {
  c: Context;
  /** The same, with what it needs where another app is called. */
  request: HandledRequest | undefined;
}

interface Marked {
  [SERVER_SPAN]?: Span;
  [HANDLING]?: Handling | undefined;
}

/** Makes a server span known that Deno has made, and that says who asked whom. */
export function markServerSpan(span: Span, request: Request): void {
  (request as Marked)[SERVER_SPAN] = span;
  (span as Marked)[SERVER_SPAN] = span;
}

/**
 * The server span that Deno has made, if it was marked.
 *
 * @param marked Its request as it came in, or the span itself.
 */
export function markedServerSpan(marked: Request | Span): Span | undefined {
  return (marked as Marked)[SERVER_SPAN];
}

/** Notes which app handles the request of a span, or that it is handled. */
export function setHandling(span: Span, handling: Handling | undefined): void {
  (span as Marked)[HANDLING] = handling;
}

/** Which app handles the request of a span. */
export function handlingOf(span: Span): Handling | undefined {
  return (span as Marked)[HANDLING];
}
