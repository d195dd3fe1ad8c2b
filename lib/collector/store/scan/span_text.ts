import { decodeUtf8, ProtobufReader } from "../../../otlp/protobuf_reader.ts";

const NAME = 5 << 3 | 2;

/** The name in the message `Span`. */
export function readSpanName(span: Uint8Array): string {
  const reader = new ProtobufReader(span);
  let name = "";
  while (reader.position < span.length) {
    const tag = reader.tag(span.length);
    if (tag !== NAME) reader.skip(tag, span.length);
    else {
      const end = reader.lengthDelimited(span.length);
      name = decodeUtf8(span, reader.position, end);
      reader.position = end;
    }
  }
  return name;
}
