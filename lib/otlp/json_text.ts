import { BACKSLASH, hexDigit, type JsonReader } from "./json_reader.ts";
import { decodeUtf8 } from "./protobuf_reader.ts";
import { ProtobufWriter } from "./protobuf_writer.ts";
import { readBase64, type ScalarFault } from "./scalar_json.ts";

/** Longer than any valid number, enum or id. */
const MAX_SCALAR_BYTES = 1000;
/** Longer texts are written in parts, so that the written ones can be released. */
const TEXT_PART_BYTES = 2 ** 20;
/** Base64 is decoded in parts of whole groups of four characters. */
const BASE64_PART_BYTES = 64 * 1024;

const REPLACEMENT = 0xfffd;
/** The characters of escapes. */
const ESCAPES: Readonly<Record<string, number>> = {
  '"': 0x22,
  "\\": 0x5c,
  "/": 0x2f,
  b: 8,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
};

/** The last string or number of the reader; one that is far too long for a scalar is truncated. */
export function scalarText(reader: JsonReader): string {
  const { bytes, start, end, isEscaped } = reader;
  if (end - start > MAX_SCALAR_BYTES) {
    return `${decodeUtf8(bytes, start, start + MAX_SCALAR_BYTES)}…`;
  }
  if (!isEscaped) return decodeUtf8(bytes, start, end);
  const writer = new ProtobufWriter(end - start);
  writeText(reader, writer);
  const text = writer.finish();
  return decodeUtf8(text, 0, text.length);
}

/** Writes the reader's last string in UTF-8; an unpaired surrogate becomes U+FFFD. */
export function writeText(reader: JsonReader, writer: ProtobufWriter): void {
  const { isEscaped } = reader;
  let position = reader.start;
  while (position < reader.end) {
    const { bytes } = reader;
    const end = Math.min(reader.end, position + TEXT_PART_BYTES);
    let next = isEscaped ? position : end;
    while (next < end && bytes[next] !== BACKSLASH) next++;
    writer.raw(bytes, position, next);
    position = next < end ? writeEscape(bytes, next, writer) : end;
    position -= reader.release(position);
  }
}

/** Returns the end of the escape. */
function writeEscape(bytes: Uint8Array, position: number, writer: ProtobufWriter): number {
  const letter = String.fromCharCode(bytes[position + 1]!);
  if (letter !== "u") {
    writer.byte(ESCAPES[letter]!);
    return position + 2;
  }
  const code = codeUnit(bytes, position);
  const after = position + 6;
  if (code < 0xd800 || code > 0xdfff) writeCharacter(code, writer);
  else {
    const second = code < 0xdc00 ? codeUnit(bytes, after) : -1;
    if (second >= 0xdc00 && second <= 0xdfff) {
      writeCharacter(0x10000 + (code - 0xd800 << 10) + second - 0xdc00, writer);
      return after + 6;
    }
    writeCharacter(REPLACEMENT, writer);
  }
  return after;
}

/** The character of a `u` escape; -1 if it is invalid. */
function codeUnit(bytes: Uint8Array, position: number): number {
  if (bytes[position] !== BACKSLASH || bytes[position + 1] !== 0x75) return -1;
  let code = 0;
  for (let i = 2; i < 6; i++) code = code << 4 | hexDigit(bytes[position + i]);
  return code;
}

function writeCharacter(code: number, writer: ProtobufWriter): void {
  if (code < 0x80) return writer.byte(code);
  const continuation = (shift: number) => writer.byte(0x80 | code >> shift & 0x3f);
  if (code < 0x800) writer.byte(0xc0 | code >> 6);
  else {
    if (code < 0x10000) writer.byte(0xe0 | code >> 12);
    else {
      writer.byte(0xf0 | code >> 18);
      continuation(12);
    }
    continuation(6);
  }
  continuation(0);
}

/** Decodes the reader's last string from base64 and writes it; otherwise returns what is wrong. */
export function writeBase64(reader: JsonReader, writer: ProtobufWriter): ScalarFault | undefined {
  if (reader.isEscaped) return writePart(scalarText(reader));
  let at = reader.start;
  while (at < reader.end) {
    const end = Math.min(reader.end, at + BASE64_PART_BYTES);
    const fault = writePart(decodeUtf8(reader.bytes, at, end));
    if (fault) return fault;
    at = end - reader.release(end);
  }
  return undefined;

  function writePart(text: string): ScalarFault | undefined {
    const part = readBase64(text);
    if (!(part instanceof Uint8Array)) return part;
    const isWhole = part.length * 4 === text.length * 3;
    if (text.length === BASE64_PART_BYTES && !isWhole) return readBase64("!") as ScalarFault;
    writer.raw(part);
    return undefined;
  }
}
