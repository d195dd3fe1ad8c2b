import { messageOf } from "../../error_message.ts";
import type { Refusal } from "../guard.ts";
import { RPC_CODE, type RpcStatus } from "../../otlp/rpc_status.ts";
import { MalformedError } from "../../otlp/malformed_error.ts";

/** How long a sender is asked to wait under overload. */
const RETRY_AFTER_SECONDS = 1;

/** A request is not taken. It says so in both of OTLP's transports. */
export class RefusedError extends Error {
  override name = "RefusedError";
  /** https://opentelemetry.io/docs/specs/otlp/#failures-1 */
  readonly httpStatus: number;
  /** What is told in HTTP's body or as gRPC's status. */
  readonly rpcStatus: RpcStatus;
  /** HTTP headers that belong to the status. */
  readonly headers: Record<string, string>;
  readonly byteOffset: number | undefined;

  /** With a cause it is no fault of the sender. */
  constructor(
    httpStatus: number,
    rpcStatus: RpcStatus,
    { headers = {}, byteOffset, cause }: {
      headers?: Record<string, string>;
      byteOffset?: number | undefined;
      cause?: unknown;
    } = {},
  ) {
    super(rpcStatus.message, { cause });
    this.httpStatus = httpStatus;
    this.rpcStatus = rpcStatus;
    this.headers = headers;
    this.byteOffset = byteOffset;
  }
}

/** The guard does not let the sender in. */
export function forbidden({ status, message }: Refusal): RefusedError {
  const isUnknown = status === 401;
  const code = isUnknown ? RPC_CODE.UNAUTHENTICATED : RPC_CODE.PERMISSION_DENIED;
  return new RefusedError(status, { code, message }, {
    headers: isUnknown ? { "www-authenticate": "Bearer" } : {},
  });
}

/** The body is no export request. */
export function malformed({ message, byteOffset }: MalformedError): RefusedError {
  const where = byteOffset === undefined ? "" : ` at byte ${byteOffset}`;
  const problem = `Cannot decode the request${where}: ${message}`;
  return new RefusedError(400, {
    code: RPC_CODE.INVALID_ARGUMENT,
    message: problem,
    fieldViolations: [{ field: "body", description: `${message}${where}` }],
  }, { byteOffset });
}

/** The body is longer than the limit, as it came or inflated. */
export function tooLarge(limitBytes: number): RefusedError {
  return new RefusedError(413, {
    code: RPC_CODE.RESOURCE_EXHAUSTED,
    message: `Cannot take more than ${limitBytes} bytes in one request, compressed or not: ` +
      "export smaller batches",
  });
}

/** The body arrives too slowly to wait for it. */
export function tooSlow(): RefusedError {
  return new RefusedError(408, {
    code: RPC_CODE.DEADLINE_EXCEEDED,
    message: "Cannot wait for the rest of the request: it comes too slowly",
  });
}

/** The body broke off; whoever sent it has probably gone. */
export function unreadable(error: unknown): RefusedError {
  return new RefusedError(400, {
    code: RPC_CODE.INVALID_ARGUMENT,
    message: `Cannot read the request: ${messageOf(error)}`,
  });
}

/** There is more to do than can be kept, or the cause may pass; the sender shall try again. */
export function overloaded(reason: string, cause?: unknown): RefusedError {
  return new RefusedError(503, {
    code: RPC_CODE.UNAVAILABLE,
    message: `Cannot take the request now: ${reason}. Send it again later`,
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  }, { headers: { "retry-after": String(RETRY_AFTER_SECONDS) }, cause });
}

/** The database is damaged: to send the same again would not help. */
export function damaged(cause: unknown): RefusedError {
  return new RefusedError(500, {
    code: RPC_CODE.INTERNAL,
    message: "Cannot store the request: the collector's database is damaged",
  }, { cause });
}

/**
 * How a request is answered that was not taken. What is thrown for no sender's sake is a fault of the
 * collector: it is told, and to send the same again would not help.
 */
export function refusalOf(error: unknown, onFault: (error: unknown) => void): RefusedError {
  if (error instanceof MalformedError) return malformed(error);
  const isForSender = error instanceof RefusedError;
  const fault = isForSender ? error.cause : error;
  if (fault !== undefined) onFault(fault);
  return isForSender ? error : new RefusedError(500, {
    code: RPC_CODE.INTERNAL,
    message: `Cannot take the request, by a fault of the collector: ${messageOf(error)}`,
  });
}
