import type { PartialSuccess } from "../../otlp/export_response.ts";

/** Carries encoded OTLP requests to one target. */
export interface OtlpTransport {
  /**
   * Sends one request; resolves with what the server reports as rejected.
   *
   * @throws {TransportError} If the request was not accepted.
   */
  send(body: Uint8Array<ArrayBuffer>, timeoutMillis: number): Promise<PartialSuccess>;
  /** Closes the connections. */
  shutdown(): void;
}

/**
 * HTTP statuses after which a request may be sent again. gRPC maps them to UNAVAILABLE if a proxy without a
 * gRPC status responds.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/#retryable-response-codes
 * @see https://github.com/grpc/grpc/blob/master/doc/http-grpc-status-mapping.md
 */
export const RETRYABLE_HTTP_STATUS: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** A request was not accepted. The message is the cause, in a few words. */
export class TransportError extends Error {
  override name = "TransportError";
  /** Whether the OTLP specification allows sending the same request again. */
  readonly retryable: boolean;
  /** Whether a server responded at all. */
  readonly answered: boolean;
  /** The HTTP status of the response, if it was not a success. */
  readonly httpStatus: number | undefined;
  /** The gRPC status of the response. */
  readonly grpcStatus: number | undefined;
  /** How long the server asks the client to wait first. */
  readonly retryAfterMillis: number | undefined;

  constructor(
    message: string,
    { retryable, answered = false, httpStatus, grpcStatus, retryAfterMillis, cause }: {
      retryable: boolean;
      answered?: boolean;
      httpStatus?: number | undefined;
      grpcStatus?: number;
      retryAfterMillis?: number | undefined;
      cause?: unknown;
    },
  ) {
    super(message, { cause });
    this.retryable = retryable;
    this.answered = answered;
    this.httpStatus = httpStatus;
    this.grpcStatus = grpcStatus;
    this.retryAfterMillis = retryAfterMillis;
  }
}
