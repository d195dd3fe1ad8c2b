import { valueText } from "../../../otlp/any_value.ts";
import type { KeyValue } from "../../../otlp/json.ts";
import { decodeUtf8, type ProtobufReader } from "../../../otlp/protobuf_reader.ts";
import { anyValueText, VALUE_TAG } from "./encoded_value.ts";
import { type TextLayout, VALUE } from "./text_layouts.ts";

/** Texts that can be part of a value but not of its bytes: numbers, and JSON syntax. */
const NUMBER = /^[-+.e\d]*$/;
const JSON_SYNTAX = /[",[\]{}\\]|^:/;
const TRUTH_VALUES = ["true", "false"];
const WORDS = ["null", "nan", "-infinity"];
/** Matches what may be part of base64. */
const BASE64 = /^[a-z\d+/]*={0,2}$/;
const ASCII = /^[ -~]*$/;

/** The tag of a bytes value; the value's message holds nothing else. */
const BYTES_VALUE = 7 << 3 | 2;

/** ASCII letters in lower case; other bytes unchanged. */
const LOWER = Uint8Array.from({ length: 256 }, (_, i) => i >= 0x41 && i <= 0x5a ? i | 0x20 : i);

/** Searches for a text, ignoring case. */
export class TextSearch {
  readonly #text: string;
  /** The text in lower case; undefined if it isn't ASCII. */
  readonly #ascii: Uint8Array | undefined;
  /** Whether it can be in the text of a number or a boolean, which are not encoded as text. */
  readonly #isInNumbers: boolean;
  readonly #isInTruthValues: boolean;
  /** Whether it can be in a value's text but not in its bytes, because of the JSON around it. */
  readonly #isInJson: boolean;
  readonly #isBase64: boolean;

  constructor(text: string) {
    this.#text = text.toLowerCase();
    // The lower case of some non-ASCII letters depends on the letters around them.
    this.#ascii = ASCII.test(this.#text) ? new TextEncoder().encode(this.#text) : undefined;
    this.#isInNumbers = NUMBER.test(this.#text) || WORDS.some((word) => word.includes(this.#text));
    this.#isInTruthValues = TRUTH_VALUES.some((word) => word.includes(this.#text));
    this.#isInJson = this.#isInNumbers || this.#isInTruthValues || JSON_SYNTAX.test(this.#text);
    this.#isBase64 = BASE64.test(this.#text);
  }

  /**
   * Matches requests that may have the text in an encoded text; see `RequestFilter`. Undefined if requests
   * cannot be searched for it.
   */
  get requestPattern(): RegExp | undefined {
    if (this.#ascii === undefined || this.#text === "") return undefined;
    const escaped = this.#text.replace(/[^a-z\d]/g, (character) => `\\x${hex(character)}`);
    // The Kelvin sign and the dotted capital I are in lower case k and i with a dot above.
    return new RegExp(escaped.replace(/[ki]/g, (letter) => OTHER_CASES[letter]!), "i");
  }

  /** Whether a request that {@linkcode requestPattern} doesn't match may still have the text. */
  mayBeUnwritten(request: Uint8Array): boolean {
    return this.#isInJson || this.#isBase64 && mayHoldBytes(request);
  }

  isIn(text: string | undefined): boolean {
    return text !== undefined && text.toLowerCase().includes(this.#text);
  }

  isInValues(attributes: KeyValue[] | undefined): boolean {
    return attributes?.some(({ value }) => this.isIn(valueText(value))) ?? false;
  }

  /**
   * Whether one of the texts and values of a message contains the text.
   *
   * @param reader At the beginning of the message.
   * @param isWritten Whether encoded texts may have it; otherwise only other values are looked at.
   */
  isInMessage(
    reader: ProtobufReader,
    end: number,
    layout: TextLayout,
    isWritten: boolean,
  ): boolean {
    while (reader.position < end) {
      const tag = reader.tag(end);
      const part = layout[tag];
      if (part === undefined) {
        reader.skip(tag, end);
        continue;
      }
      const inner = reader.lengthDelimited(end);
      const { position } = reader;
      const isFound = part === VALUE
        ? this.#isInValue(reader, inner, isWritten)
        : typeof part === "object"
        ? this.isInMessage(reader, inner, part, isWritten)
        : isWritten && this.#isInText(reader.bytes, position, inner);
      if (isFound) return true;
      reader.position = inner;
    }
    return false;
  }

  #isInValue(reader: ProtobufReader, end: number, isWritten: boolean): boolean {
    const start = reader.position;
    if (start === end) return false;
    const tag = reader.bytes[start]!;
    if (tag === VALUE_TAG.string) {
      if (!isWritten) return false;
      reader.position++;
      if (reader.lengthDelimited(end) === end) {
        return this.#isInText(reader.bytes, reader.position, end);
      }
    } else if (
      (tag === VALUE_TAG.int || tag === VALUE_TAG.double) && !this.#isInNumbers ||
      tag === VALUE_TAG.bool && !this.#isInTruthValues
    ) {
      reader.position++;
      reader.skip(tag, end);
      if (reader.position === end) return false;
    }
    return this.isIn(anyValueText(reader, start, end));
  }

  /** Whether it is in a text in UTF-8. */
  #isInText(bytes: Uint8Array, start: number, end: number): boolean {
    const wanted = this.#ascii;
    if (wanted === undefined) return this.isIn(decodeUtf8(bytes, start, end));
    const first = wanted[0];
    const last = end - wanted.length;
    for (let i = start; i < end; i++) {
      const byte = bytes[i]!;
      if (byte >= 0x80) return this.isIn(decodeUtf8(bytes, start, end));
      if (LOWER[byte] === first && i <= last && startsWith(bytes, i, wanted)) return true;
    }
    return first === undefined;
  }
}

/** As the decoder for requests decodes their UTF-8 bytes; see `RequestFilter`. */
const OTHER_CASES: Record<string, string> = { k: "(?:k|â„ª)", i: "(?:i|Ä°)" };

function startsWith(bytes: Uint8Array, at: number, wanted: Uint8Array): boolean {
  for (let i = 1; i < wanted.length; i++) if (LOWER[bytes[at + i]!] !== wanted[i]) return false;
  return true;
}

function hex(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(2, "0");
}

/** Whether there may be a bytes value: its message is as long as the bytes plus a tag and a length. */
function mayHoldBytes(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(BYTES_VALUE); at > 0; at = bytes.indexOf(BYTES_VALUE, at + 1)) {
    const length = bytes[at + 1]!;
    if (length >= 0x80 || bytes[at - 1] === length + 2) return true;
  }
  return false;
}
