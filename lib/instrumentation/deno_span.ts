import type { Span } from "@opentelemetry/api";
import type { Context } from "hono";
import type { HandledRequest } from "./handled_request.ts";

/**
 * All copies of this module share these symbols. Properties cost less than a WeakMap, which the garbage
 * collector has to scan.
 */
const SERVER_SPAN = Symbol.for("otel-kit: server span");
const REQUEST = Symbol.for("otel-kit: request");
const HANDLING = Symbol.for("otel-kit: handling");

/** The app that handles a request. */
export interface Handling {
  c: Context;
  /** The same, with the data that is needed if another app is called. */
  request: HandledRequest | undefined;
}

interface Marked {
  [SERVER_SPAN]?: Span;
  [REQUEST]?: Request;
  [HANDLING]?: Handling | undefined;
}

/**
 * Marks a server span of Deno that already has client and server addresses.
 *
 * @param request Undefined for servers on `node:http`.
 */
export function markServerSpan(span: Span, request: Request | undefined): void {
  (span as Marked)[SERVER_SPAN] = span;
  if (!request) return;
  (request as Marked)[SERVER_SPAN] = span;
  (span as Marked)[REQUEST] = request;
}

/** The request of a server span that was marked. */
export function requestOf(span: Span): Request | undefined {
  return (span as Marked)[REQUEST];
}

/**
 * The server span of Deno, if it was marked.
 *
 * @param marked Its original request, or the span itself.
 */
export function markedServerSpan(marked: Request | Span): Span | undefined {
  return (marked as Marked)[SERVER_SPAN];
}

/** Records which app handles the request of a span, or that it is finished. */
export function setHandling(span: Span, handling: Handling | undefined): void {
  (span as Marked)[HANDLING] = handling;
}

/** The app that handles the request of a span. */
export function handlingOf(span: Span): Handling | undefined {
  return (span as Marked)[HANDLING];
}
