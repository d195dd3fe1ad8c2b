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

/** Longer reasons are cut: an answer has at most 4 MiB, and a person reads this. */
const MAX_MESSAGE_LENGTH = 1000;

/**
 * What the answer to an accepted request says of it. With nothing rejected and no message it was a
 * full success.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/#partial-success-1
 */
export interface PartialSuccess {
  /** Spans, data points or log records that were not taken. */
  rejected: number;
  /** Why; without any rejected it is a warning. Empty for nothing. */
  message: string;
}

/**
 * Encodes an `Export<Signal>ServiceResponse`. Its partial success is unset if everything was taken
 * and there is nothing to warn of.
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
 * Decodes an `Export<Signal>ServiceResponse`. Servers write any number, even less than none.
 *
 * @throws {MalformedError} If it is none.
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

/** Our reader of JSON is made for requests: to load it for answers would cost more than it saves. */
function parseJson(json: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(json));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new MalformedError(`no JSON: ${error.message}`);
  }
}
