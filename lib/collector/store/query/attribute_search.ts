import type { ProtobufReader } from "../../../otlp/protobuf_reader.ts";
import {
  attributeValueText,
  isUsualAttribute,
  VALUE_TAG,
  valueStartOf,
} from "../scan/encoded_value.ts";
import { AttributePlaces, BYTE_ORDER_MARK, isEqual } from "./attribute_places.ts";

/** Matches values whose text is not in their bytes: numbers, booleans, lists and base64. */
const UNWRITTEN =
  /^(?:[-+.e\d]*|true|false|NaN|-?Infinity|[[{][^]*|(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}[A-Za-z\d+/=]=)?)$/;

const encoder = new TextEncoder();

/** Searches for an attribute with a value in the bytes of spans, and decodes it only in rare cases. */
export class AttributeSearch {
  readonly key: string;
  readonly value: string;
  /** Texts that are in the bytes of every request with a matching span. */
  readonly neededTexts: readonly string[];
  readonly #places: AttributePlaces;
  readonly #valueBytes: Uint8Array;
  /** Whether bytes that aren't UTF-8 may decode to the value. */
  readonly #valueIsReplaced: boolean;

  /** @param value As text; see `valueText()`. */
  constructor(key: string, value: string) {
    this.key = key;
    this.value = value;
    this.#places = new AttributePlaces(key);
    this.#valueIsReplaced = value.includes("\ufffd");
    this.neededTexts = [
      ...this.#places.isReplaced ? [] : [key],
      ...this.#valueIsReplaced || UNWRITTEN.test(value) ? [] : [value],
    ];
    this.#valueBytes = encoder.encode(value);
  }

  /**
   * Whether a span, one of its events, or one of its links has the attribute. If several attributes have
   * the key, the last one counts.
   *
   * @param reader At the beginning of the span.
   */
  isIn(reader: ProtobufReader, end: number): boolean {
    return this.#places.some(reader, end, this.#hasValue);
  }

  readonly #hasValue = (reader: ProtobufReader, start: number, end: number): boolean =>
    this.#isText(reader, start, end) ?? attributeValueText(reader, start, end) === this.value;

  /** Whether a value that is a text is the wanted one; undefined if the bytes alone don't show it. */
  #isText(reader: ProtobufReader, start: number, end: number): boolean | undefined {
    const { bytes } = reader;
    if (this.#valueIsReplaced || !isUsualAttribute(bytes, start, end)) return undefined;
    reader.position = valueStartOf(bytes, start);
    if (bytes[reader.position] !== VALUE_TAG.string) return undefined;
    reader.position++;
    if (reader.lengthDelimited(end) !== end || bytes[reader.position] === BYTE_ORDER_MARK) {
      return undefined;
    }
    return isEqual(bytes, reader.position, end, this.#valueBytes);
  }
}
