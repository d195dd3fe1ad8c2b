import { decodeUtf8, type ProtobufReader } from "../../../otlp/protobuf_reader.ts";

/** Tags: field number and wire type, as they stand in the bytes. */
const FIELD_1 = 1 << 3 | 2;
const FIELD_2 = 2 << 3 | 2;

const SERVICE_NAME = new TextEncoder().encode("service.name");

/** A text as it lies in a message. */
export interface FoundText {
  bytes: Uint8Array;
  start: number;
  end: number;
  text: string;
}

/** Four bytes as a word. */
export function readWord(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 24 | bytes[at + 1]! << 16 | bytes[at + 2]! << 8 | bytes[at + 3]!) >>> 0;
}

/** Reads a time, of which the upper half comes last in the bytes and first in the words. */
export function readTime(bytes: Uint8Array, from: number, words: Uint32Array, at: number): void {
  words[at] = bytes[from + 7]! << 24 | bytes[from + 6]! << 16 | bytes[from + 5]! << 8 |
    bytes[from + 4]!;
  words[at + 1] = bytes[from + 3]! << 24 | bytes[from + 2]! << 16 | bytes[from + 1]! << 8 |
    bytes[from]!;
}

/** An id of hex digits as words; undefined if it has not as many digits. */
export function wordsOfHex(id: string, words: number): number[] | undefined {
  if (id.length !== words * 8 || !/^[\da-f]+$/i.test(id)) return undefined;
  return Array.from({ length: words }, (_, i) => Number.parseInt(id.slice(i * 8, i * 8 + 8), 16));
}

/** Words as hex digits. */
export function hexOfWords(words: Uint32Array, at: number, count: number): string {
  let text = "";
  for (let i = at; i < at + count; i++) text += words[i]!.toString(16).padStart(8, "0");
  return text;
}

/** Two words as the decimal string that OTLP's JSON writes a time as. */
export function timeOfWords(words: Uint32Array, at: number): string {
  return (BigInt(words[at]!) << 32n | BigInt(words[at + 1]!)).toString();
}

/** Two words as nanoseconds; differences of times are exact up to a hundred days. */
export function nanosBetween(words: Uint32Array, start: number, end: number): number {
  return (words[end]! - words[start]!) * 2 ** 32 + (words[end + 1]! - words[start + 1]!);
}

/**
 * `service.name` of the resource of a `ResourceSpans`, `ResourceLogs` or `ResourceMetrics`, from
 * where the reader stands up to `end`; a text without length if it has none. Of several the last
 * one counts. It does not check what else is there.
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

/** Calls back at the start of each field with this tag, and goes on at its end. */
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

/** Where the text of an attribute begins and ends, if that is its key and the value is a text. */
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

function isEqual(bytes: Uint8Array, start: number, end: number, other: Uint8Array): boolean {
  if (end - start !== other.length) return false;
  for (let i = 0; i < other.length; i++) {
    if (bytes[start + i] !== other[i]) return false;
  }
  return true;
}
