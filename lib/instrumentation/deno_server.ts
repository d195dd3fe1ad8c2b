import { type Attributes, context, type Span, trace } from "@opentelemetry/api";
import {
  ATTR_HTTP_REQUEST_HEADER,
  ATTR_HTTP_RESPONSE_HEADER,
} from "@opentelemetry/semantic-conventions";
import { type DenoAddress, fromDeno } from "./connection.ts";
import { handlingOf, markServerSpan } from "./deno_span.ts";
import { createHeaderCapture, DEFAULT_SANITIZED_HEADERS } from "./header_capture.ts";
import type { HttpInstrumentationOptions } from "./http_options.ts";
import { recordUnhandled } from "./outcome.ts";
import { partyAttributes } from "./request_attributes.ts";

/** What `Deno.serve` is given to answer requests, whatever it returns. */
export type DenoHandler = (request: Request, info: { remoteAddr: DenoAddress }) => unknown;

/** What `Deno.serve` is given to answer what a handler has thrown. */
export type DenoErrorHandler = (error: unknown) => unknown;

/**
 * A handler for `Deno.serve` that adds to the server span which Deno makes of each request: who asked whom,
 * the headers to capture, and what the handler has thrown, if that is Deno's to answer.
 *
 * @param answersErrors Whether the server has an error handler.
 */
export function enrichHandler(
  handler: DenoHandler,
  options: HttpInstrumentationOptions,
  answersErrors: boolean,
): DenoHandler {
  const { captureRequestHeaders = [], captureResponseHeaders = [], trustProxy = false } = options;
  const { sanitizeHeaders: sanitize = DEFAULT_SANITIZED_HEADERS } = options;
  const addRequestHeaders = createHeaderCapture({
    capture: captureRequestHeaders,
    sanitize,
    attributeKey: ATTR_HTTP_REQUEST_HEADER,
  });
  const addResponseHeaders = createHeaderCapture({
    capture: captureResponseHeaders,
    sanitize,
    attributeKey: ATTR_HTTP_RESPONSE_HEADER,
  });

  function describe(span: Span, request: Request, remoteAddr: DenoAddress): void {
    const { url, headers } = request;
    const connection = fromDeno(remoteAddr);
    const attributes = partyAttributes(url, headers, { connection, trustProxy });
    addRequestHeaders?.(headers, attributes);
    span.setAttributes(attributes);
    markServerSpan(span, request);
  }

  function describeAnswer(span: Span, response: unknown): void {
    if (!addResponseHeaders || !(response instanceof Response)) return;
    const attributes: Attributes = {};
    addResponseHeaders(response.headers, attributes);
    span.setAttributes(attributes);
  }

  function fail(span: Span, thrown: unknown): void {
    if (!answersErrors) recordUnhandled(span, 500, thrown);
  }

  return function (this: unknown, request, info) {
    const span = trace.getSpan(context.active());
    if (!span?.isRecording()) return handler.call(this, request, info);
    describe(span, request, info.remoteAddr);
    let answered: unknown;
    try {
      answered = handler.call(this, request, info);
    } catch (error) {
      fail(span, error);
      throw error;
    }
    if (!(answered instanceof Promise)) describeAnswer(span, answered);
    else if (addResponseHeaders || handlingOf(span) === undefined) {
      // Deno waits for the same promise, and is told after this.
      answered.then((response) => describeAnswer(span, response), (error) => fail(span, error));
    }
    return answered;
  };
}

/** An error handler for `Deno.serve` that records what it does not answer below 500. */
export function enrichErrorHandler(handler: DenoErrorHandler): DenoErrorHandler {
  return function (this: unknown, error) {
    const span = trace.getSpan(context.active());
    const answered = handler.call(this, error);
    if (!span?.isRecording()) return answered;
    const settle = (response: unknown) =>
      recordUnhandled(span, response instanceof Response ? response.status : 500, error);
    if (answered instanceof Promise) answered.then(settle, () => settle(undefined));
    else settle(answered);
    return answered;
  };
}
