import { type AttributeValue, type Span, SpanStatusCode } from "@opentelemetry/api";
import {
  ATTR_ERROR_TYPE,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
} from "@opentelemetry/semantic-conventions";
import { exceptionOf } from "./exception.ts";

/** `error.type` of a request whose client disconnected before the whole response was sent. */
export const CLIENT_DISCONNECTED = "client_disconnected";

/**
 * Records how a server responded; returns `error.type` if it failed.
 *
 * An error that the app answers with a status below 500 counts as handled, whatever was thrown: a 4xx is the
 * client's error, and an `HTTPException` is Hono's way to return 404. Only unhandled errors are recorded.
 */
export function recordAnswer(span: Span, status: number, thrown: unknown): string | undefined {
  span.setAttribute(ATTR_HTTP_RESPONSE_STATUS_CODE, status);
  if (status < 500) return undefined;
  const type = String(status);
  return thrown === undefined ? recordError(span, type) : recordThrown(span, thrown, type);
}

/**
 * Records only errors that an app did not handle, in a span of another instrumentation or of Deno. These derive
 * the failure from the status code alone, at the very end, and would overwrite anything set here; so their own
 * description is suppressed.
 */
export function recordUnhandled(span: Span, status: number, thrown: unknown): undefined {
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

/** Records the exception of a handler, or of the response stream; returns `error.type`. */
export function recordThrown(span: Span, thrown: unknown, typeOfOthers: string): string {
  const exception = exceptionOf(thrown);
  const { name, message } = exception;
  span.recordException(exception);
  return recordError(span, thrown instanceof Error ? name : typeOfOthers, message);
}

/** Records that the client no longer waits for the response; returns `error.type`. */
export function recordDisconnect(span: Span): string {
  return recordError(span, CLIENT_DISCONNECTED, "the client disconnected");
}

function recordError(span: Span, type: string, message?: string): string {
  span.setStatus({ code: SpanStatusCode.ERROR, ...message && { message } });
  span.setAttribute(ATTR_ERROR_TYPE, type);
  return type;
}
