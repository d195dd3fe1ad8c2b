import { protobufToJson } from "../otlp/decode.ts";
import { REQUEST_MESSAGES } from "../otlp/messages.ts";
import type { Signal } from "../otlp/signal.ts";

/**
 * An export request in protobuf as one in JSON.
 *
 * @throws {Error} If the bytes are no such request.
 */
export function requestToJson(request: Uint8Array, signal: Signal): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(
    JSON.stringify(protobufToJson(REQUEST_MESSAGES[signal], request)),
  );
}
