/// <reference lib="deno.worker" />
/** The worker that reads long JSON; see {@linkcode JsonDecoder}. */
import { documentToProtobuf, jsonToProtobuf } from "../../otlp/json_request.ts";
import { MalformedError } from "../../otlp/malformed_error.ts";
import type { JsonAnswer, JsonCall } from "./json_calls.ts";

self.onmessage = ({ data: { id, bytes, signal } }: MessageEvent<JsonCall>) => {
  try {
    const parts = signal
      ? [{ signal, ...jsonToProtobuf(signal, bytes) }]
      : documentToProtobuf(bytes);
    post({ id, parts }, parts.map(({ body }) => body.buffer));
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    post({ id, message: error.message, byteOffset: error.byteOffset });
  } finally {
    // It may take long until garbage is collected, and these are many bytes.
    bytes.buffer.transfer(0);
  }
};

function post(answer: JsonAnswer, transfer: Transferable[] = []): void {
  self.postMessage(answer, transfer);
}
