import { ProtobufReader } from "../../../otlp/protobuf_reader.ts";

/** The list of scopes or spans, in `ResourceSpans` and `ScopeSpans` alike. */
const CONTENTS = 2;

/** Resource or scope with its schema URL, without the telemetry below it. */
export function withoutContents(message: Uint8Array): Uint8Array {
  const reader = new ProtobufReader(message);
  const parts: Uint8Array[] = [];
  let length = 0;
  while (reader.position < message.length) {
    const start = reader.position;
    const tag = reader.tag(message.length);
    reader.skip(tag, message.length);
    if (tag >>> 3 === CONTENTS) continue;
    parts.push(message.subarray(start, reader.position));
    length += reader.position - start;
  }
  const header = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    header.set(part, at);
    at += part.length;
  }
  return header;
}
