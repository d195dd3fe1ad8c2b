import { type Attributes, context, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import {
  ATTR_DB_RESPONSE_STATUS_CODE,
  ATTR_ERROR_TYPE,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
} from "@opentelemetry/semantic-conventions";
import { errorType, exceptionOf } from "../../../../instrumentation/exception.ts";

/** A database call. */
export interface DatabaseCall {
  /** The name of the span. */
  name: string;
  attributes: Attributes;
  /** The server's host, or the path of its socket. */
  server?: { address?: unknown; port?: unknown };
}

/** A running call. */
export interface RunningCall {
  /** Ends the span, now or at an earlier time. */
  end(time?: Date): void;
  /**
   * Records the error and ends the span.
   *
   * @param status The server's code for the error, such as an SQLSTATE.
   */
  fail(error: unknown, status?: string): void;
}

/**
 * Starts the span of a call as a child of the active span.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/db/database-spans/
 */
export function startCall({ name, attributes, server = {} }: DatabaseCall): RunningCall {
  const span = trace.getTracer("otel-kit").startSpan(name, { kind: SpanKind.CLIENT, attributes });
  if (typeof server.address === "string" && server.address !== "") {
    span.setAttribute(ATTR_SERVER_ADDRESS, server.address);
    const port = Number(server.port);
    const isSocket = server.address.startsWith("/");
    if (Number.isInteger(port) && !isSocket) span.setAttribute(ATTR_SERVER_PORT, port);
  }
  return {
    end: (time) => span.end(time),
    fail(error, status) {
      const exception = exceptionOf(error);
      span.recordException(exception);
      span.setStatus({ code: SpanStatusCode.ERROR, message: exception.message });
      if (status) span.setAttribute(ATTR_DB_RESPONSE_STATUS_CODE, status);
      const type = error instanceof Error ? errorType(error) : "_OTHER";
      span.setAttribute(ATTR_ERROR_TYPE, status ?? type);
      span.end();
    },
  };
}

/** Ends the span when the promise settles; returns a promise that settles in the same way. */
export function settled<T>(
  call: RunningCall,
  promise: Promise<T>,
  statusOf = noStatus,
): Promise<T> {
  return promise.then(
    (value) => {
      call.end();
      return value;
    },
    (error) => {
      call.fail(error, statusOf(error));
      throw error;
    },
  );
}

function noStatus(_error: unknown): string | undefined {
  return undefined;
}

type Callback = (this: unknown, ...args: unknown[]) => unknown;

/** Binds the callback to the active context. */
export function inThisContext(callback: unknown): unknown {
  if (typeof callback !== "function") return callback;
  const active = context.active();
  return function (this: unknown, ...args: unknown[]) {
    return context.with(active, callback as Callback, this, ...args);
  };
}
