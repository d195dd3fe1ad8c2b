import type { Acceptance } from "../delivery.ts";
import { messageFields, submessages } from "./protobuf_reader.ts";
import { tolerant } from "./rpc_status.ts";

/** Reads the answer to an export request. An answer that cannot be read says nothing. */
export type ResponseReader = (answer: Uint8Array) => Acceptance;

const FULL_SUCCESS: Acceptance = { rejected: 0, message: "" };

/**
 * Reads an answer in protobuf. The responses of all signals have the same fields: `partial_success`
 * is field 1, and in it the number of rejected items is field 1, the message field 2.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/#partial-success-1
 */
export function readProtobufResponse(answer: Uint8Array): Acceptance {
  return tolerant(() => {
    const result = { ...FULL_SUCCESS };
    for (const partial of submessages(answer, 1)) {
      for (const { field, value } of messageFields(partial)) {
        if (field === 1 && typeof value === "number") result.rejected = value;
        if (field === 2 && typeof value !== "number") {
          result.message = new TextDecoder().decode(value);
        }
      }
    }
    return result;
  }) ?? FULL_SUCCESS;
}

/** Reads an answer in JSON, where the number of rejected items is named after the signal. */
export function readJsonResponse(answer: Uint8Array): Acceptance {
  return tolerant(() => {
    if (answer.length === 0) return FULL_SUCCESS;
    const partial = JSON.parse(new TextDecoder().decode(answer))?.partialSuccess;
    const { rejectedSpans, rejectedDataPoints, rejectedLogRecords, errorMessage } = partial ?? {};
    const rejected = Number(rejectedSpans ?? rejectedDataPoints ?? rejectedLogRecords ?? 0);
    return { rejected: rejected > 0 ? rejected : 0, message: String(errorMessage ?? "") };
  }) ?? FULL_SUCCESS;
}
