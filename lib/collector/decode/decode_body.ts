import { documentToProtobuf, jsonToProtobuf } from "../../otlp/json_request.ts";
import { freeBytes } from "../../large_bytes.ts";
import type { DecodedBody, EncodedBody } from "./decode_calls.ts";
import { inflate } from "./inflate.ts";

/**
 * Decompresses a body and converts its JSON to protobuf. The bytes are consumed.
 *
 * @throws {MalformedError} If it is corrupt, not JSON, or not OTLP.
 * @throws {InflatedTooLargeError} If its decompressed size exceeds the limit.
 */
export async function decodeBody(
  { signal, encoding, bytes, compression, limitBytes }: EncodedBody,
): Promise<DecodedBody> {
  const inflated = compression === "none"
    ? bytes
    : await inflate(bytes, compression, limitBytes).finally(() => freeBytes(bytes));
  const bodyBytes = inflated.length;
  if (encoding === "protobuf" && signal) {
    return { bodyBytes, parts: [{ signal, body: inflated, rejected: 0 }] };
  }
  try {
    const parts = signal
      ? [{ signal, ...jsonToProtobuf(signal, inflated, { isOwn: true }) }]
      : documentToProtobuf(inflated);
    return { bodyBytes, parts };
  } finally {
    freeBytes(inflated);
  }
}
