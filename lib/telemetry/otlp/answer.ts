import { type Encoding, encodingOf, mediaType } from "../../otlp/content_type.ts";
import { decodeExportResponse, type PartialSuccess } from "../../otlp/export_response.ts";
import { MalformedError } from "../../otlp/malformed_error.ts";
import { decodeRpcStatus } from "../../otlp/rpc_status.ts";
import type { Signal } from "../../otlp/signal.ts";

/** Longer reasons are cut: they are for one line of a message. */
const MAX_REASON_LENGTH = 200;

/**
 * What the body of an answer to an accepted request says; undefined if it is not OTLP. Without a body it
 * was a full success: some servers leave it out, and Loki answers 204
 * (https://github.com/grafana/loki/issues/15761).
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
 * The reason that a server gives in the body of an HTTP error: the message of a `google.rpc.Status`,
 * in the encoding of the request, or else the first line of a plain text.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/#failures-1
 */
export function reasonOf(body: Uint8Array, contentType: string | null): string | undefined {
  const reason = tolerant(() => messageIn(body, contentType))
    ?.replaceAll(/[\p{Cc}\ufffd]+/gu, " ").trim();
  return reason ? reason.slice(0, MAX_REASON_LENGTH) : undefined;
}

/**
 * How long the server asks to wait, from the header `grpc-status-details-bin`: a `google.rpc.Status`
 * in base64 that holds a `google.rpc.RetryInfo`. It decides whether RESOURCE_EXHAUSTED may be retried.
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
    // Many a server that speaks JSON has errors of its own, and a message in them.
    return String(JSON.parse(new TextDecoder().decode(body))?.message ?? "");
  }
  const isText = contentType === null || mediaType(contentType) === "text/plain";
  return isText ? new TextDecoder().decode(body).trim().split("\n")[0]! : "";
}

/** What is no base64, no message or no JSON says nothing. */
function tolerant<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof MalformedError || error instanceof SyntaxError)) throw error;
    return undefined;
  }
}
