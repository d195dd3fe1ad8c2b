import { decodeUtf8, type ProtobufReader } from "../../../otlp/protobuf_reader.ts";
import { anyValueText, VALUE_TAG } from "./encoded_value.ts";
import { type TextLayout, VALUE } from "./text_layouts.ts";

/** Texts that can be in a number or a boolean, which are not encoded as text. */
const NUMBER = /^[-+.e\d]*$/;
const NON_FINITE = ["nan", "-infinity"];
const TRUTH_VALUES = ["true", "false"];

/** The bytes of the letters beyond ASCII that have ASCII in lower case: the Kelvin sign, and dotted capital I. */
const KELVIN_SIGN = [0xe2, 0x84, 0xaa];
const DOTTED_I = [0xc4, 0xb0];

/** ASCII letters in lower case; other bytes unchanged. */
const LOWER = Uint8Array.from({ length: 256 }, (_, i) => i >= 0x41 && i <= 0x5a ? i | 0x20 : i);

/** Searches for texts, ignoring case: for all of them in one pass. */
export class TextSearch {
  readonly #indexes = new Map<string, number>();
  readonly #texts: WantedText[] = [];
  /** Whether a text can begin with a byte, or the byte decides that everything must be decoded. */
  readonly #isNoted = new Uint8Array(256);
  /** Whether some of them can be in the text of a number or a boolean. */
  #isInNumbers = false;
  #isInTruthValues = false;

  constructor(...texts: string[]) {
    this.#isNoted[KELVIN_SIGN[0]!] = this.#isNoted[DOTTED_I[0]!] = 1;
    texts.forEach((text) => this.indexOf(text));
  }

  get count(): number {
    return this.#texts.length;
  }

  /** The index of a text, which is added if it is new. It must not be empty. */
  indexOf(text: string): number {
    let index = this.#indexes.get(text);
    if (index === undefined) {
      this.#indexes.set(text, index = this.count);
      this.#add(text.toLowerCase());
    }
    return index;
  }

  /** Searches a text. The results are kept by index; returns whether all are found. */
  inText(text: string, found: boolean[]): boolean {
    const lower = text.toLowerCase();
    for (const [i, wanted] of this.#texts.entries()) found[i] ||= lower.includes(wanted.text);
    return this.#isAll(found);
  }

  /** Searches the texts and values of a message from the reader's position. */
  inMessage(reader: ProtobufReader, end: number, layout: TextLayout, found: boolean[]): boolean {
    while (reader.position < end) {
      const tag = reader.tag(end);
      const part = layout[tag];
      if (part === undefined) {
        reader.skip(tag, end);
        continue;
      }
      const inner = reader.lengthDelimited(end);
      const isAll = part === VALUE
        ? this.#inValue(reader, inner, found)
        : typeof part === "object"
        ? this.inMessage(reader, inner, part, found)
        : this.#inBytes(reader.bytes, reader.position, inner, found);
      if (isAll) return true;
      reader.position = inner;
    }
    return false;
  }

  #add(text: string): void {
    const bytes = new TextEncoder().encode(text);
    // The lower case of some non-ASCII letters depends on the letters around them.
    const isAscii = bytes.length === text.length;
    this.#texts.push({ text, ascii: isAscii ? bytes : undefined });
    if (isAscii) this.#isNoted[bytes[0]!] = this.#isNoted[text.toUpperCase().charCodeAt(0)] = 1;
    else this.#isNoted.fill(1, 0x80);
    this.#isInNumbers ||= NUMBER.test(text) || NON_FINITE.some((word) => word.includes(text));
    this.#isInTruthValues ||= TRUTH_VALUES.some((word) => word.includes(text));
  }

  #inValue(reader: ProtobufReader, end: number, found: boolean[]): boolean {
    const start = reader.position;
    if (start === end) return false;
    const tag = reader.bytes[start]!;
    if (tag === VALUE_TAG.string) {
      reader.position++;
      if (reader.lengthDelimited(end) === end) {
        return this.#inBytes(reader.bytes, reader.position, end, found);
      }
    } else if (
      (tag === VALUE_TAG.int || tag === VALUE_TAG.double) && !this.#isInNumbers ||
      tag === VALUE_TAG.bool && !this.#isInTruthValues
    ) {
      reader.position++;
      reader.skip(tag, end);
      if (reader.position === end) return false;
    }
    return this.inText(anyValueText(reader, start, end), found);
  }

  /** Searches a text in UTF-8, which is decoded only if its ASCII characters do not decide. */
  #inBytes(bytes: Uint8Array, start: number, end: number, found: boolean[]): boolean {
    const isNoted = this.#isNoted;
    for (let i = start; i < end; i++) {
      const byte = bytes[i]!;
      if (isNoted[byte] === 0) continue;
      if (byte < 0x80) this.#beginsAt(bytes, i, end, found);
      else if (this.#mustDecode(bytes, i)) {
        return this.inText(decodeUtf8(bytes, start, end), found);
      }
    }
    return this.#isAll(found);
  }

  #beginsAt(bytes: Uint8Array, at: number, end: number, found: boolean[]): void {
    for (let i = 0; i < this.#texts.length; i++) {
      const { ascii } = this.#texts[i]!;
      if (ascii !== undefined && !found[i]) found[i] = beginsWith(bytes, at, end, ascii);
    }
  }

  /** Whether what begins with a byte beyond ASCII can be in a wanted text. */
  #mustDecode(bytes: Uint8Array, at: number): boolean {
    const isAt = (letter: readonly number[]) => letter.every((byte, i) => bytes[at + i] === byte);
    return isAt(KELVIN_SIGN) || isAt(DOTTED_I) ||
      this.#texts.some(({ ascii }) => ascii === undefined);
  }

  #isAll(found: readonly boolean[]): boolean {
    for (let i = 0; i < this.#texts.length; i++) if (!found[i]) return false;
    return true;
  }
}

/** Which texts were found in encoded messages. */
export class FoundTexts {
  readonly #search: TextSearch;
  readonly #found: boolean[] = [];
  #textCount = -1;

  constructor(search: TextSearch) {
    this.#search = search;
  }

  /** Whether all texts have been searched for since {@linkcode forget}. */
  get isComplete(): boolean {
    return this.#textCount === this.#search.count;
  }

  forget(): void {
    this.#textCount = -1;
  }

  /** Begins to search for all texts; returns false if it is complete. */
  begin(): boolean {
    if (this.isComplete) return false;
    this.#textCount = this.#search.count;
    for (let i = 0; i < this.#textCount; i++) this.#found[i] = false;
    return true;
  }

  /** Searches the message from the reader's position. */
  search(reader: ProtobufReader, end: number, layout: TextLayout): void {
    this.#search.inMessage(reader, end, layout, this.#found);
  }

  has(index: number): boolean {
    return this.#found[index]!;
  }
}

interface WantedText {
  /** In lower case. */
  text: string;
  /** As bytes; undefined if it isn't ASCII. */
  ascii: Uint8Array | undefined;
}

/** Whether a text in lower case is at a place, in any case. */
function beginsWith(bytes: Uint8Array, at: number, end: number, text: Uint8Array): boolean {
  if (at + text.length > end) return false;
  for (let i = 0; i < text.length; i++) if (LOWER[bytes[at + i]!] !== text[i]) return false;
  return true;
}
