import { valueText } from "../../../otlp/any_value.ts";
import { protobufToJson } from "../../../otlp/decode.ts";
import { jsonDouble } from "../../../otlp/non_finite.ts";
import { decodeUtf8, type ProtobufReader } from "../../../otlp/protobuf_reader.ts";

/** Tags of the fields of `KeyValue`. */
const TAG = { key: 1 << 3 | 2, value: 2 << 3 | 2 };

/** Tags of the fields of `AnyValue`. */
export const VALUE_TAG = { string: 1 << 3 | 2, bool: 2 << 3, int: 3 << 3, double: 4 << 3 | 1 };

/** The value of a `KeyValue` as text, as `valueText()` returns it; simple values without decoding. */
export function attributeValueText(reader: ProtobufReader, start: number, end: number): string {
  const { bytes } = reader;
  if (!isUsualAttribute(bytes, start, end)) {
    return valueText(protobufToJson("KeyValue", bytes.subarray(start, end)).value);
  }
  return anyValueText(reader, valueStartOf(bytes, start), end);
}

/** An `AnyValue` as text, as `valueText()` returns it; simple values without decoding. */
export function anyValueText(reader: ProtobufReader, start: number, end: number): string {
  if (start === end) return "";
  return simpleValueText(reader, start, end) ??
    valueText(protobufToJson("AnyValue", reader.bytes.subarray(start, end)));
}

/** The text of a value that is a text, a number, or a boolean, and nothing else; else undefined. */
export function simpleValueText(
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

/** Whether a `KeyValue` consists of a short key and then one value. */
export function isUsualAttribute(bytes: Uint8Array, start: number, end: number): boolean {
  const length = bytes[start + 1]!;
  const value = start + 2 + length;
  if (bytes[start] !== TAG.key || length >= 0x80 || value + 2 > end || bytes[value] !== TAG.value) {
    return false;
  }
  return valueStartOf(bytes, start) + valueLengthAt(bytes, value + 1) === end;
}

/** Where the value of a usual attribute begins, after its tag and length. */
export function valueStartOf(bytes: Uint8Array, start: number): number {
  const length = start + 2 + bytes[start + 1]! + 1;
  return bytes[length]! < 0x80 ? length + 1 : length + 2;
}

/** A length of one or two bytes; NaN if it is longer. */
function valueLengthAt(bytes: Uint8Array, at: number): number {
  const low = bytes[at]!;
  if (low < 0x80) return low;
  const high = bytes[at + 1]!;
  return high < 0x80 ? low & 0x7f | high << 7 : NaN;
}
