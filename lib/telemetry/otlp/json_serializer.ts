import { Buffer } from "node:buffer";
import type { ISerializer } from "@opentelemetry/otlp-transformer";
import { protobufToJson } from "../../otlp/decode.ts";
import { REQUEST_MESSAGES } from "../../otlp/messages.ts";
import type { Signal } from "../../otlp/signal.ts";

const encoder = new TextEncoder();

/**
 * The SDK's serializer for JSON, except for NaN and infinities: it writes null for them, and OTLP wants `"NaN"`,
 * `"Infinity"`, and `"-Infinity"`. Only requests with a null are encoded again.
 *
 * @see https://protobuf.dev/programming-guides/json/
 */
export function jsonSerializer<Items, Answer>(
  signal: Signal,
  json: ISerializer<Items, Answer>,
  protobuf: ISerializer<Items, Answer>,
): ISerializer<Items, Answer> {
  return {
    serializeRequest(items) {
      const body = json.serializeRequest(items);
      if (
        body === undefined ||
        !Buffer.from(body.buffer, body.byteOffset, body.length).includes("null")
      ) return body;
      const request = protobuf.serializeRequest(items);
      return request &&
        encoder.encode(JSON.stringify(protobufToJson(REQUEST_MESSAGES[signal], request)));
    },
    deserializeResponse: (answer) => json.deserializeResponse(answer),
  };
}
