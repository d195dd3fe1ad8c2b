import type { Signal } from "./signal.ts";
import { encodeMessage } from "./encode.ts";
import type { Encoding } from "./rpc_status.ts";

const RESPONSES = {
  traces: { message: "TracesResponse", rejected: "rejectedSpans" },
  metrics: { message: "MetricsResponse", rejected: "rejectedDataPoints" },
  logs: { message: "LogsResponse", rejected: "rejectedLogRecords" },
} as const;

/** Longer reasons are cut: an answer has at most 4 MiB, and a person reads this. */
const MAX_MESSAGE_LENGTH = 1000;

/** What a request's answer tells of it. */
export interface ExportOutcome {
  /** Spans, data points or log records that were not taken. */
  rejected: number;
  /** Why; without any rejected it is a warning. */
  message?: string | undefined;
}

/**
 * Encodes an `Export<Signal>ServiceResponse`. Its partial success is unset if everything was taken
 * and there is nothing to warn of.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/#partial-success-1
 */
export function encodeExportResponse(
  signal: Signal,
  { rejected, message = "" }: ExportOutcome,
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
