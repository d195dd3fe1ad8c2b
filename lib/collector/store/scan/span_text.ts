import { decodeUtf8, ProtobufReader } from "../../../otlp/protobuf_reader.ts";

/** Tags of fields: of `Span`, of `Status`, of `Event`, of `ScopeSpans`, and of its scope. */
const NAME = 5 << 3 | 2;
const EVENTS = 11 << 3 | 2;
const STATUS = 15 << 3 | 2;
const STATUS_MESSAGE = 2 << 3 | 2;
const EVENT_NAME = 2 << 3 | 2;
const SCOPE = 1 << 3 | 2;
const SCOPE_TEXT = { name: 1 << 3 | 2, version: 2 << 3 | 2 };

/** The name in the message `Span`. */
export function readSpanName(span: Uint8Array): string {
  return lastText(new ProtobufReader(span), span.length, NAME) ?? "";
}

/** The status's message of the span at the reader's position. */
export function readStatusMessage(reader: ProtobufReader, end: number): string | undefined {
  return lastNestedText(reader, end, STATUS, STATUS_MESSAGE);
}

/** The names of the events of the span at the reader's position. */
export function readEventNames(reader: ProtobufReader, end: number): string[] {
  return nestedTexts(reader, end, EVENTS, EVENT_NAME).map((name = "") => name);
}

/** The name or the version of the scope in the `ScopeSpans` at the reader's position. */
export function readScopeText(
  reader: ProtobufReader,
  end: number,
  field: keyof typeof SCOPE_TEXT,
): string | undefined {
  return lastNestedText(reader, end, SCOPE, SCOPE_TEXT[field]);
}

function lastNestedText(
  reader: ProtobufReader,
  end: number,
  outer: number,
  inner: number,
): string | undefined {
  return nestedTexts(reader, end, outer, inner).findLast((text) => text !== undefined);
}

/** For each message in the field `outer`, the text in its field `inner`. */
function nestedTexts(
  reader: ProtobufReader,
  end: number,
  outer: number,
  inner: number,
): (string | undefined)[] {
  const texts: (string | undefined)[] = [];
  while (reader.position < end) {
    const tag = reader.tag(end);
    if (tag === outer) texts.push(lastText(reader, reader.lengthDelimited(end), inner));
    else reader.skip(tag, end);
  }
  return texts;
}

/** The last text in a field, up to `end`, where the reader then is. */
function lastText(reader: ProtobufReader, end: number, wanted: number): string | undefined {
  let text: string | undefined;
  while (reader.position < end) {
    const tag = reader.tag(end);
    if (tag !== wanted) reader.skip(tag, end);
    else {
      const inner = reader.lengthDelimited(end);
      text = decodeUtf8(reader.bytes, reader.position, inner);
      reader.position = inner;
    }
  }
  return text;
}
