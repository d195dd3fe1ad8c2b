import { isUtf8 } from "node:buffer";
import { foreignToOtlp } from "./foreign/read_foreign.ts";
import { COLON, JsonReader, LIST, LIST_END, OBJECT, OBJECT_END, QUOTE } from "./json_reader.ts";
import { scalarText } from "./json_text.ts";
import { JsonTranscoder, type TranscodedMessage } from "./json_transcoder.ts";
import { MalformedError } from "./malformed_error.ts";
import { MESSAGES, REQUEST_MESSAGES } from "./messages.ts";
import type { Signal } from "./signal.ts";
import { LISTS } from "./unknown_keys.ts";

/** The maximum size of a request, in either encoding. */
const MAX_REQUEST_BYTES = 64 * 2 ** 20;

/**
 * Converts an export request from JSON to protobuf, in one pass over its bytes: it needs only the memory of the
 * result, whatever the request contains. Unknown names are ignored. Records with an invalid id or a non-integer
 * enum are left out and counted.
 *
 * @param isOwn Whether the bytes may be overwritten, which takes less memory.
 * @throws {MalformedError} If it is not JSON or does not have OTLP's structure.
 */
export function jsonToProtobuf(
  signal: Signal,
  request: Uint8Array,
  { isOwn = false } = {},
): TranscodedMessage {
  if (!isUtf8(request)) throw new MalformedError("JSON must be UTF-8", firstInvalidByte(request));
  return new JsonTranscoder(request, MAX_REQUEST_BYTES, isOwn).transcode(
    MESSAGES[REQUEST_MESSAGES[signal]],
  );
}

/** The part of a document for one signal. */
export interface DocumentPart extends TranscodedMessage {
  signal: Signal;
}

/**
 * Splits a document, which may contain any signals, into one export request per signal. It may also
 * be a list of documents, a response of Jaeger's `/api/v3`, whose `result` is a document, or traces
 * in the JSON of Jaeger's page, of Tempo, or of Zipkin.
 *
 * @throws {MalformedError} If it is not JSON or does not have OTLP's structure.
 */
export function documentToProtobuf(document: Uint8Array): DocumentPart[] {
  const converted = foreignToOtlp(document);
  if (converted) return wholeToProtobuf(converted);
  const reader = new JsonReader(document);
  if (reader.peek() !== LIST) return wholeToProtobuf(resultOf(document));
  const parts: DocumentPart[] = [];
  reader.position++;
  for (let isFirst = true; reader.hasNext(isFirst, LIST_END); isFirst = false) {
    reader.peek();
    const start = reader.position;
    reader.skip();
    parts.push(...wholeToProtobuf(resultOf(document.subarray(start, reader.position))));
  }
  reader.expectEnd();
  if (parts.length === 0) throw new MalformedError("the list contains no documents");
  return parts;
}

/** The value of `result`, if the object has nothing else; otherwise, the object. */
function resultOf(document: Uint8Array): Uint8Array {
  const reader = new JsonReader(document);
  if (reader.peek() !== OBJECT) return document;
  reader.position++;
  if (reader.peek() !== QUOTE) return document;
  reader.string();
  if (scalarText(reader) !== "result") return document;
  reader.expect(COLON);
  if (reader.peek() !== OBJECT) return document;
  const start = reader.position;
  reader.skip();
  const result = document.subarray(start, reader.position);
  return reader.peek() === OBJECT_END ? result : document;
}

function wholeToProtobuf(document: Uint8Array): DocumentPart[] {
  const names = documentNames(document);
  const signals = Object.entries(LISTS).filter(([list]) => names.has(list)).map(([, one]) => one);
  if (signals.length === 0 && names.size > 0) {
    throw new MalformedError(`none of ${Object.keys(LISTS).join(", ")} is there`);
  }
  return signals.map((signal) => ({ signal, ...jsonToProtobuf(signal, document) }));
}

/**
 * Whether bytes are one complete value, a truncated one, or not JSON.
 */
export function completenessOf(bytes: Uint8Array): "complete" | "incomplete" | "no JSON" {
  const reader = new JsonReader(bytes);
  try {
    reader.skip();
    reader.expectEnd();
    return "complete";
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    return error.byteOffset === bytes.length ? "incomplete" : "no JSON";
  }
}

/** The names of an object's fields, as far as they identify signals. */
function documentNames(document: Uint8Array): Set<string> {
  const reader = new JsonReader(document);
  const names = new Set<string>();
  reader.expect(OBJECT);
  for (let isFirst = true; reader.hasNext(isFirst, OBJECT_END); isFirst = false) {
    reader.string();
    const name = scalarText(reader);
    names.add(Object.hasOwn(LISTS, name) ? name : "");
    reader.expect(COLON);
    reader.skip();
  }
  reader.expectEnd();
  return names;
}

/** How many bytes from the start are whole characters: found by bisection, then one by one. */
function firstInvalidByte(bytes: Uint8Array): number {
  let valid = 0;
  for (let step = 2 ** 31; step >= 4; step /= 2) {
    let end = valid + step;
    if (end >= bytes.length) continue;
    // Up to three more bytes follow the first one of a character.
    for (let i = 0; i < 3 && isContinuation(bytes[end]!); i++) end--;
    if (isUtf8(bytes.subarray(valid, end))) valid = end;
  }
  for (;;) {
    let end = valid + 1;
    while (end < valid + 4 && end < bytes.length && isContinuation(bytes[end]!)) end++;
    if (end > bytes.length || !isUtf8(bytes.subarray(valid, end))) return valid;
    valid = end;
  }
}

function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}
