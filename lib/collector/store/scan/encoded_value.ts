import { valueText } from "../../../otlp/any_value.ts";
import { protobufToJson } from "../../../otlp/decode.ts";
import { jsonDouble } from "../../../otlp/non_finite.ts";
import { decodeUtf8, type ProtobufReader } from "../../../otlp/protobuf_reader.ts";

/** Tags of the fields of `KeyValue`. */
const TAG = { key: 1 << 3 | 2, value: 2 << 3 | 2 };

/** Tags of the fields of `AnyValue`. */
export const VALUE_TAG = { string: 1 << 3 | 2, bool: 2 << 3, int: 3 << 3, double: 4 << 3 | 1 };

/** Longer values are decoded. */
const MAX_LENGTH_BITS = 28;

/** The value of a `KeyValue` as text, as `valueText()` returns it; simple values without decoding. */
export function attributeValueText(reader: ProtobufReader, start: number, end: number): string {
  const { bytes } = reader;
  const value = usualValueStart(bytes, start, end);
  return value < 0
    ? valueText(protobufToJson("KeyValue", bytes.subarray(start, end)).value)
    : anyValueText(reader, value, end);
}

/** An `AnyValue` as text, as `valueText()` returns it; simple values without decoding. */
export function anyValueText(reader: ProtobufReader, start: number, end: number): string {
  if (start === end) return "";
  return simpleValueText(reader, start, end) ??
    valueText(protobufToJson("AnyValue", reader.bytes.subarray(start, end)));
}

/** The text of a value that is a text, a number, or a boolean, and nothing else; else undefined. */
function simpleValueText(
  reader: ProtobufReader,
  start: number,
  end: number,
): string | undefined {
  reader.position = start;
  const tag = reader.tag(end);
  if (tag === VALUE_TAG.string) {
    const inner = reader.lengthDelimited(end);
    return inner === end ? decodeUtf8(reader.bytes, reader.position, end) : undefined;
  }
  if (tag === VALUE_TAG.double) {
    const value = reader.double(end);
    return reader.position === end ? String(jsonDouble(value)) : undefined;
  }
  if (tag !== VALUE_TAG.int && tag !== VALUE_TAG.bool) return undefined;
  const number = reader.varint(end);
  // Negative integers are encoded as numbers above 2^63.
  if (reader.position !== end || !Number.isSafeInteger(number)) return undefined;
  return tag === VALUE_TAG.int ? String(number) : String(number !== 0);
}

/**
 * Where the value's message begins in a `KeyValue` that consists of a short key and then one value; -1 if it is
 * encoded otherwise.
 */
export function usualValueStart(bytes: Uint8Array, start: number, end: number): number {
  const keyLength = bytes[start + 1]!;
  let at = start + 2 + keyLength;
  if (bytes[start] !== TAG.key || keyLength >= 0x80 || at + 2 > end || bytes[at] !== TAG.value) {
    return -1;
  }
  let length = 0;
  for (let shift = 0; shift < MAX_LENGTH_BITS; shift += 7) {
    const byte = bytes[++at]!;
    length |= (byte & 0x7f) << shift;
    if (byte < 0x80) return at + 1 + length === end ? at + 1 : -1;
  }
  return -1;
}
