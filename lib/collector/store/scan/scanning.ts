import { decodeUtf8, type ProtobufReader } from "../../../otlp/protobuf_reader.ts";
import { isEqual } from "./text_bytes.ts";

/** Tags: field number and wire type, as encoded. */
const FIELD_1 = 1 << 3 | 2;
const FIELD_2 = 2 << 3 | 2;

const SERVICE_NAME = new TextEncoder().encode("service.name");

/** Where a text lies in a message. */
export interface FoundText {
  bytes: Uint8Array;
  start: number;
  end: number;
  text: string;
}

/**
 * Reads `service.name` from the resource of a `ResourceSpans`, `ResourceLogs` or `ResourceMetrics`, from
 * the reader's position up to `end`. Returns a text of length 0 if there is none. If there are several,
 * the last one counts. Does not check the other fields.
 */
export function readServiceName(reader: ProtobufReader, end: number): FoundText {
  const { bytes } = reader;
  const found: FoundText = { bytes, start: 0, end: 0, text: "" };
  eachMessage(reader, end, FIELD_1, (resourceEnd) => {
    eachMessage(reader, resourceEnd, FIELD_1, (attributeEnd) => {
      const value = readAttributeText(reader, attributeEnd, SERVICE_NAME);
      if (value !== undefined) [found.start, found.end] = value;
    });
  });
  found.text = decodeUtf8(bytes, found.start, found.end);
  return found;
}

/** Calls back at the start of each field with this tag, then continues at the field's end. */
export function eachMessage(
  reader: ProtobufReader,
  end: number,
  wanted: number,
  visit: (end: number) => void,
): void {
  while (reader.position < end) {
    const tag = reader.tag(end);
    if (tag !== wanted) reader.skip(tag, end);
    else {
      const inner = reader.lengthDelimited(end);
      visit(inner);
      reader.position = inner;
    }
  }
}

/** Where an attribute's text begins and ends, if it has the key and the value is a text. */
function readAttributeText(
  reader: ProtobufReader,
  end: number,
  key: Uint8Array,
): [number, number] | undefined {
  let isWanted = false;
  let text: [number, number] | undefined;
  while (reader.position < end) {
    const tag = reader.tag(end);
    if (tag === FIELD_1) {
      const inner = reader.lengthDelimited(end);
      isWanted = isEqual(reader.bytes, reader.position, inner, key);
      reader.position = inner;
    } else if (tag === FIELD_2) {
      const inner = reader.lengthDelimited(end);
      eachMessage(reader, inner, FIELD_1, (textEnd) => text = [reader.position, textEnd]);
      reader.position = inner;
    } else reader.skip(tag, end);
  }
  return isWanted ? text : undefined;
}
