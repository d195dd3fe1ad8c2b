import { valueText } from "../../../otlp/any_value.ts";
import { protobufToJson } from "../../../otlp/decode.ts";
import { ProtobufReader } from "../../../otlp/protobuf_reader.ts";

/** Tags: field number and wire type, as encoded. */
const TAG = {
  spanAttributes: 9 << 3 | 2,
  events: 11 << 3 | 2,
  eventAttributes: 3 << 3 | 2,
  links: 13 << 3 | 2,
  linkAttributes: 4 << 3 | 2,
  key: 1 << 3 | 2,
  value: 2 << 3 | 2,
  string: 1 << 3 | 2,
  bool: 2 << 3,
  int: 3 << 3,
} as const;

/** Matches values whose text is not in their bytes: numbers, booleans, lists and base64. */
const UNWRITTEN =
  /^(?:[-+.e\d]*|true|false|NaN|-?Infinity|[[{][^]*|(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}[A-Za-z\d+/=]=)?)$/;

/** A decoder may remove this from the beginning of a text. */
const BYTE_ORDER_MARK = 0xef;

const encoder = new TextEncoder();

/** Searches for an attribute in the bytes of spans, and decodes it only in rare cases. */
export class AttributeSearch {
  readonly key: string;
  readonly value: string;
  /** Texts that are in the bytes of every request with a matching span. */
  readonly neededTexts: readonly string[];
  readonly #keyBytes: Uint8Array;
  readonly #valueBytes: Uint8Array;
  /** The value as an integer; NaN if it isn't one. */
  readonly #integer: number;
  /** Whether bytes that aren't UTF-8 may decode to the key or the value. */
  readonly #keyIsReplaced: boolean;
  readonly #valueIsReplaced: boolean;

  readonly #test: ((text: string) => boolean) | undefined;

  /**
   * @param value As text; see `valueText()`.
   * @param test Whether a value's text matches, instead of being equal to `value`.
   */
  constructor(key: string, value: string, test?: (text: string) => boolean) {
    this.key = key;
    this.value = value;
    this.#test = test;
    this.#keyIsReplaced = key.includes("\ufffd");
    this.#valueIsReplaced = value.includes("\ufffd");
    this.neededTexts = [
      ...this.#keyIsReplaced ? [] : [key],
      ...test || this.#valueIsReplaced || UNWRITTEN.test(value) ? [] : [value],
    ];
    this.#keyBytes = encoder.encode(key);
    this.#valueBytes = encoder.encode(value);
    this.#integer = /^\d{1,15}$/.test(value) && String(Number(value)) === value
      ? Number(value)
      : NaN;
  }

  /** Whether a text is such a value. */
  isMatch(text: string | undefined): boolean {
    if (text === undefined) return false;
    return this.#test ? this.#test(text) : text === this.value;
  }

  /**
   * Whether a span, one of its events, or one of its links has the attribute. If several attributes have
   * the key, the last one counts.
   */
  isIn(span: Uint8Array): boolean {
    const reader = new ProtobufReader(span);
    const end = span.length;
    let isOfSpan = false;
    while (reader.position < end) {
      const tag = reader.tag(end);
      if (tag !== TAG.spanAttributes && tag !== TAG.events && tag !== TAG.links) {
        reader.skip(tag, end);
        continue;
      }
      const inner = reader.lengthDelimited(end);
      if (tag === TAG.spanAttributes) isOfSpan = this.#isAttribute(reader, inner) ?? isOfSpan;
      else {
        const wanted = tag === TAG.events ? TAG.eventAttributes : TAG.linkAttributes;
        if (this.#isAmong(reader, inner, wanted)) return true;
      }
      reader.position = inner;
    }
    return isOfSpan;
  }

  #isAmong(reader: ProtobufReader, end: number, wanted: number): boolean {
    let found = false;
    while (reader.position < end) {
      const tag = reader.tag(end);
      if (tag !== wanted) reader.skip(tag, end);
      else {
        const inner = reader.lengthDelimited(end);
        found = this.#isAttribute(reader, inner) ?? found;
        reader.position = inner;
      }
    }
    return found;
  }

  /** Whether the attribute has the value; undefined if it has another key. */
  #isAttribute(reader: ProtobufReader, end: number): boolean | undefined {
    const { bytes } = reader;
    const start = reader.position;
    if (this.#isOtherKey(bytes, start, end)) return undefined;
    let [keyStart, keyEnd, valueStart, valueEnd, values] = [0, 0, 0, 0, 0];
    while (reader.position < end) {
      const tag = reader.tag(end);
      if (tag !== TAG.key && tag !== TAG.value) {
        reader.skip(tag, end);
        continue;
      }
      const inner = reader.lengthDelimited(end);
      if (tag === TAG.key) [keyStart, keyEnd] = [reader.position, inner];
      else [valueStart, valueEnd, values] = [reader.position, inner, values + 1];
      reader.position = inner;
    }
    if (!isEqual(bytes, keyStart, keyEnd, this.#keyBytes)) {
      if (!this.#keyIsReplaced && bytes[keyStart] !== BYTE_ORDER_MARK) return undefined;
      const { key = "" } = protobufToJson("KeyValue", bytes.subarray(start, end));
      if (key !== this.key) return undefined;
    }
    if (this.#test) {
      return this.#test(
        valueText(protobufToJson("KeyValue", bytes.subarray(start, end)).value),
      );
    }
    const isValue = values === 1 ? this.#isValue(reader, valueStart, valueEnd) : undefined;
    if (isValue !== undefined) return isValue;
    return valueText(protobufToJson("KeyValue", bytes.subarray(start, end)).value) === this.value;
  }

  /**
   * A quick check whether an attribute has another key; works if the attribute is short and encoded as
   * usual.
   */
  #isOtherKey(bytes: Uint8Array, start: number, end: number): boolean {
    const length = bytes[start + 1]!;
    const value = start + 2 + length;
    const isUsual = bytes[start] === TAG.key && length < 0x80 && value + 2 <= end &&
      bytes[value] === TAG.value && value + 2 + bytes[value + 1]! === end;
    if (!isUsual || this.#keyIsReplaced || bytes[start + 2] === BYTE_ORDER_MARK) return false;
    return !isEqual(bytes, start + 2, value, this.#keyBytes);
  }

  /** Undefined if the bytes alone don't show it. */
  #isValue(reader: ProtobufReader, start: number, end: number): boolean | undefined {
    const { bytes } = reader;
    if (start === end) return undefined;
    reader.position = start;
    const tag = reader.tag(end);
    if (tag === TAG.string) {
      const inner = reader.lengthDelimited(end);
      const from = reader.position;
      if (inner !== end || this.#valueIsReplaced || bytes[from] === BYTE_ORDER_MARK) {
        return undefined;
      }
      return isEqual(bytes, from, end, this.#valueBytes);
    }
    if (tag !== TAG.int && tag !== TAG.bool) return undefined;
    const number = reader.varint(end);
    // Negative integers are encoded as numbers above 2^63.
    if (reader.position !== end || !Number.isSafeInteger(number)) return undefined;
    return tag === TAG.int ? number === this.#integer : String(number !== 0) === this.value;
  }
}

function isEqual(bytes: Uint8Array, start: number, end: number, other: Uint8Array): boolean {
  if (end - start !== other.length) return false;
  for (let i = 0; i < other.length; i++) if (bytes[start + i] !== other[i]) return false;
  return true;
}
