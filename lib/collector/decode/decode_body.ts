import { documentToProtobuf, jsonToProtobuf } from "../../otlp/json_request.ts";
import type { DecodedBody, EncodedBody } from "./decode_calls.ts";
import { gunzip } from "./gunzip.ts";

/**
 * Inflates a body and turns its JSON into protobuf. The bytes are gone then.
 *
 * @throws {MalformedError} If it is corrupt, or its JSON is none or not of OTLP's shape.
 * @throws {InflatedTooLargeError} If it inflates to more than it may.
 */
export async function decodeBody(
  { signal, encoding, bytes, isGzip, limitBytes }: EncodedBody,
): Promise<DecodedBody> {
  const inflated = isGzip ? await gunzip(bytes, limitBytes) : bytes;
  // It may take long until garbage is collected, and these may be many bytes.
  if (isGzip) bytes.buffer.transfer(0);
  const bodyBytes = inflated.length;
  if (encoding === "protobuf" && signal) {
    return { bodyBytes, parts: [{ signal, body: inflated, rejected: 0 }] };
  }
  try {
    const parts = signal
      ? [{ signal, ...jsonToProtobuf(signal, inflated) }]
      : documentToProtobuf(inflated);
    return { bodyBytes, parts };
  } finally {
    inflated.buffer.transfer(0);
  }
}
