import type { ProtobufReader } from "../../../otlp/protobuf_reader.ts";
import { attributeValueText, usualValueStart, VALUE_TAG } from "./encoded_value.ts";
import { BYTE_ORDER_MARK, isEqual, REPLACEMENT } from "./text_bytes.ts";

/** Compares the values of attributes with a text, and decodes only values that are encoded otherwise. */
export class ValueSearch {
  readonly #text: string;
  readonly #bytes: Uint8Array;
  /** Whether bytes that aren't UTF-8 may decode to the text. */
  readonly #isReplaced: boolean;

  /** @param text As `valueText()` returns it. */
  constructor(text: string) {
    this.#text = text;
    this.#bytes = new TextEncoder().encode(text);
    this.#isReplaced = text.includes(REPLACEMENT);
  }

  /** Whether the `KeyValue` between two positions has the value. */
  readonly isValue = (reader: ProtobufReader, start: number, end: number): boolean =>
    this.#isText(reader, start, end) ?? attributeValueText(reader, start, end) === this.#text;

  /** Whether a value that is a text is the wanted one; undefined if the bytes alone don't show it. */
  #isText(reader: ProtobufReader, start: number, end: number): boolean | undefined {
    const { bytes } = reader;
    const value = usualValueStart(bytes, start, end);
    const isText = value >= 0 && value < end && bytes[value] === VALUE_TAG.string;
    if (!isText || this.#isReplaced) return undefined;
    reader.position = value + 1;
    if (reader.lengthDelimited(end) !== end || bytes[reader.position] === BYTE_ORDER_MARK) {
      return undefined;
    }
    return isEqual(bytes, reader.position, end, this.#bytes);
  }
}
