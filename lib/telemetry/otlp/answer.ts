import { type Encoding, encodingOf, mediaType } from "../../otlp/content_type.ts";
import { decodeExportResponse, type PartialSuccess } from "../../otlp/export_response.ts";
import { MalformedError } from "../../otlp/malformed_error.ts";
import { decodeRpcStatus } from "../../otlp/rpc_status.ts";
import type { Signal } from "../../otlp/signal.ts";

/** Longer reasons are truncated, because messages have one line. */
const MAX_REASON_LENGTH = 200;

/**
 * Parses the body of a response to an accepted request; undefined if it is not OTLP. An empty body means full
 * success: some servers leave it out, and Loki answers 204 (https://github.com/grafana/loki/issues/15761).
 */
export function readAcceptance(
  signal: Signal,
  body: Uint8Array,
  encoding: Encoding,
): PartialSuccess | undefined {
  if (body.length === 0) return { rejected: 0, message: "" };
  return tolerant(() => decodeExportResponse(signal, body, encoding));
}

/**
 * The reason that a server gives in the body of an HTTP error: the message of a `google.rpc.Status`, in the
 * encoding of the request, or else the first line of plain text.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/#failures-1
 */
export function reasonOf(body: Uint8Array, contentType: string | null): string | undefined {
  const reason = tolerant(() => messageIn(body, contentType))
    ?.replaceAll(/[\p{Cc}\ufffd]+/gu, " ").trim();
  return reason ? reason.slice(0, MAX_REASON_LENGTH) : undefined;
}

/**
 * How long the server asks the client to wait, from the header `grpc-status-details-bin`: a `google.rpc.Status`
 * in base64 that contains a `google.rpc.RetryInfo`. Only if it is present may RESOURCE_EXHAUSTED be retried.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/#otlpgrpc-throttling
 */
export function retryDelay(header: string | null): number | undefined {
  if (header === null) return undefined;
  const seconds = tolerant(() => decodeRpcStatus(Uint8Array.fromBase64(header)).retryAfterSeconds);
  return seconds === undefined ? undefined : seconds * 1000;
}

function messageIn(body: Uint8Array, contentType: string | null): string {
  const encoding = encodingOf(contentType);
  if (encoding === "protobuf") return decodeRpcStatus(body).message;
  if (encoding === "json") {
    // Many servers that use JSON have their own error format, which contains a message.
    return String(JSON.parse(new TextDecoder().decode(body))?.message ?? "");
  }
  const isText = contentType === null || mediaType(contentType) === "text/plain";
  return isText ? new TextDecoder().decode(body).trim().split("\n")[0]! : "";
}

/** Invalid base64, messages or JSON give undefined. */
function tolerant<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof MalformedError || error instanceof SyntaxError)) throw error;
    return undefined;
  }
}
