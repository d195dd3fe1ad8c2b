import { type Attributes, context, type Span, trace } from "@opentelemetry/api";
import { type DenoAddress, fromDeno } from "./connection.ts";
import { handlingOf, markServerSpan } from "./deno_span.ts";
import type { HttpInstrumentationOptions } from "./http_options.ts";
import { recordUnhandled } from "./outcome.ts";
import { requestAttributes } from "./request_attributes.ts";

/** The handler of `Deno.serve`, with any return value. */
export type DenoHandler = (request: Request, info: { remoteAddr: DenoAddress }) => unknown;

/** The error handler of `Deno.serve`. */
export type DenoErrorHandler = (error: unknown) => unknown;

/**
 * A handler for `Deno.serve` that adds to the server span that Deno creates for each request: client and server
 * addresses, captured headers, and any exception that is left to Deno.
 *
 * @param answersErrors Whether the server has an error handler.
 */
export function enrichHandler(
  handler: DenoHandler,
  options: HttpInstrumentationOptions,
  answersErrors: boolean,
): DenoHandler {
  const { headers: { addRequest, addResponse } = {}, readForwarded } = options;

  function describe(span: Span, request: Request, remoteAddr: DenoAddress): void {
    const { url, headers } = request;
    const connection = fromDeno(remoteAddr);
    const attributes = requestAttributes(url, headers, { connection, readForwarded });
    addRequest?.(headers, attributes);
    span.setAttributes(attributes);
    markServerSpan(span, request);
  }

  function describeAnswer(span: Span, response: unknown): void {
    if (!addResponse || !(response instanceof Response)) return;
    const attributes: Attributes = {};
    addResponse(response.headers, attributes);
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
    else if (addResponse || handlingOf(span) === undefined) {
      // Deno waits for the same promise, and resumes after this.
      answered.then((response) => describeAnswer(span, response), (error) => fail(span, error));
    }
    return answered;
  };
}

/** Wraps an error handler for `Deno.serve` to record errors that it answers with 500 or above. */
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
