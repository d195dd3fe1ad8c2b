import { type AttributeValue, type Span, SpanStatusCode } from "@opentelemetry/api";
import {
  ATTR_ERROR_TYPE,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
} from "@opentelemetry/semantic-conventions";
import { errorType, exceptionOf } from "./exception.ts";

/** `error.type` of a request whose client went away before all of the answer was sent. */
export const CLIENT_DISCONNECTED = "client_disconnected";

/**
 * Records how a server answered; returns `error.type`, if it failed.
 *
 * What an app answers below 500 it has handled, whatever was thrown: a 4xx is the client's error, and an
 * `HTTPException` is how Hono says 404. Only what it did not handle is recorded.
 */
export function recordAnswer(span: Span, status: number, thrown: unknown): string | undefined {
  span.setAttribute(ATTR_HTTP_RESPONSE_STATUS_CODE, status);
  if (status < 500) return undefined;
  if (thrown !== undefined) return recordThrown(span, thrown, String(status));
  span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute(ATTR_ERROR_TYPE, String(status));
  return String(status);
}

/**
 * Records no more than what an app did not handle, in a span that another instrumentation describes, or
 * Deno. They tell by the status code alone that the request has failed, and do so when all is said, which
 * would replace what was; so what they say of that is lost.
 */
export function recordUnhandled(span: Span, status: number, thrown: unknown): void {
  const isRecorded = Object.hasOwn(span, "setStatus");
  if (status < 500 || thrown === undefined || isRecorded) return;
  recordThrown(span, thrown, String(status));
  const { setAttribute } = span;
  Object.defineProperties(span, {
    setStatus: { value: () => span },
    setAttribute: {
      value(key: string, value: AttributeValue) {
        return key === ATTR_ERROR_TYPE ? span : setAttribute.call(span, key, value);
      },
    },
  });
}

/** Records what a handler has thrown, or the stream of its answer; returns `error.type`. */
export function recordThrown(span: Span, thrown: unknown, typeOfOthers: string): string {
  recordException(span, thrown);
  const type = thrown instanceof Error ? errorType(thrown) : typeOfOthers;
  span.setAttribute(ATTR_ERROR_TYPE, type);
  return type;
}

/** Records that nobody waits for the answer any more; returns `error.type`. */
export function recordDisconnect(span: Span): string {
  span.setStatus({ code: SpanStatusCode.ERROR, message: "the client went away" });
  span.setAttribute(ATTR_ERROR_TYPE, CLIENT_DISCONNECTED);
  return CLIENT_DISCONNECTED;
}

function recordException(span: Span, thrown: unknown): void {
  const exception = exceptionOf(thrown);
  span.recordException(exception);
  span.setStatus({ code: SpanStatusCode.ERROR, message: exception.message });
}
