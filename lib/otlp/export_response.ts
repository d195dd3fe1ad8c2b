import type { Encoding } from "./content_type.ts";
import { protobufToJson } from "./decode.ts";
import { encodeMessage } from "./encode.ts";
import { MalformedError } from "./malformed_error.ts";
import type { Signal } from "./signal.ts";

const RESPONSES = {
  traces: { message: "TracesResponse", rejected: "rejectedSpans" },
  metrics: { message: "MetricsResponse", rejected: "rejectedDataPoints" },
  logs: { message: "LogsResponse", rejected: "rejectedLogRecords" },
} as const;

/** Longer reasons are truncated: a response has up to 4 MiB, and people read this. */
const MAX_MESSAGE_LENGTH = 1000;

/**
 * The details in the response to an accepted request. With nothing rejected and no message, it was a full
 * success.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/#partial-success-1
 */
export interface PartialSuccess {
  /** Spans, data points or log records that were rejected. */
  rejected: number;
  /** The reason; if nothing was rejected, it is a warning. Empty if there is none. */
  message: string;
}

/**
 * Encodes an `Export<Signal>ServiceResponse`. Its partial success is unset if everything was accepted without a
 * warning.
 */
export function encodeExportResponse(
  signal: Signal,
  { rejected, message }: PartialSuccess,
  encoding: Encoding,
): Uint8Array<ArrayBuffer> {
  const names = RESPONSES[signal];
  const isPartial = rejected > 0 || message !== "";
  const response = isPartial
    ? {
      partialSuccess: {
        ...rejected > 0 && { [names.rejected]: String(rejected) },
        ...message !== "" && { errorMessage: message.slice(0, MAX_MESSAGE_LENGTH) },
      },
    }
    : {};
  return encoding === "json"
    ? new TextEncoder().encode(JSON.stringify(response))
    : encodeMessage(names.message, response);
}

/**
 * Decodes an `Export<Signal>ServiceResponse`. Servers may send any number, even a negative one.
 *
 * @throws {MalformedError} If it is not one.
 */
export function decodeExportResponse(
  signal: Signal,
  response: Uint8Array,
  encoding: Encoding,
): PartialSuccess {
  const names = RESPONSES[signal];
  const body = encoding === "json" ? encodeMessage(names.message, parseJson(response)) : response;
  const { partialSuccess = {} } = protobufToJson(names.message, body);
  const rejected: { [Name in typeof names.rejected]?: string } = partialSuccess;
  return {
    rejected: Number(rejected[names.rejected] ?? 0),
    message: partialSuccess.errorMessage ?? "",
  };
}

/** The kit's JSON reader is made for requests: loading it for responses would cost more than it saves. */
function parseJson(json: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(json));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new MalformedError(`no JSON: ${error.message}`);
  }
}
