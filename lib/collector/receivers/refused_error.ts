import { messageOf } from "../../error_message.ts";
import type { Refusal } from "../guard.ts";
import { RPC_CODE, type RpcStatus } from "../../otlp/rpc_status.ts";
import { MalformedError } from "../../otlp/malformed_error.ts";

/** How long a sender should wait under overload. */
const RETRY_AFTER_SECONDS = 1;

/** A request is rejected, with a status for both of OTLP's transports. */
export class RefusedError extends Error {
  override name = "RefusedError";
  /** https://opentelemetry.io/docs/specs/otlp/#failures-1 */
  readonly httpStatus: number;
  /** The message in HTTP's body or gRPC's status. */
  readonly rpcStatus: RpcStatus;
  /** HTTP headers that belong to the status. */
  readonly headers: Record<string, string>;
  readonly byteOffset: number | undefined;

  /** An error with a cause is not the sender's fault. */
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

/** The guard rejects the sender. */
export function forbidden({ status, message }: Refusal): RefusedError {
  const isUnknown = status === 401;
  const code = isUnknown ? RPC_CODE.UNAUTHENTICATED : RPC_CODE.PERMISSION_DENIED;
  return new RefusedError(status, { code, message }, {
    headers: isUnknown ? { "www-authenticate": "Bearer" } : {},
  });
}

/** The body is not an export request. */
export function malformed({ message, byteOffset }: MalformedError): RefusedError {
  const where = byteOffset === undefined ? "" : ` at byte ${byteOffset}`;
  const problem = `Cannot decode the request${where}: ${message}`;
  return new RefusedError(400, {
    code: RPC_CODE.INVALID_ARGUMENT,
    message: problem,
    fieldViolations: [{ field: "body", description: `${message}${where}` }],
  }, { byteOffset });
}

/** The body exceeds the limit, as received or decompressed. */
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
    message: "Cannot wait for the rest of the request: it arrives too slowly",
  });
}

/** The body is incomplete, probably because the sender disconnected. */
export function unreadable(error: unknown): RefusedError {
  return new RefusedError(400, {
    code: RPC_CODE.INVALID_ARGUMENT,
    message: `Cannot read the request: ${messageOf(error)}`,
  });
}

/** The collector is overloaded, or the cause is temporary; the sender should retry. */
export function overloaded(reason: string, cause?: unknown): RefusedError {
  return new RefusedError(503, {
    code: RPC_CODE.UNAVAILABLE,
    message: `Cannot take the request now: ${reason}. Send it again later`,
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  }, { headers: { "retry-after": String(RETRY_AFTER_SECONDS) }, cause });
}

/** The database is damaged: retrying would not help. */
export function damaged(cause: unknown): RefusedError {
  return new RefusedError(500, {
    code: RPC_CODE.INTERNAL,
    message: "Cannot store the request: the collector's database is damaged",
  }, { cause });
}

/**
 * The response to a rejected request. Any other exception is an error of the collector: it is reported, and
 * retrying would not help.
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
