import { resizeBytes } from "../large_bytes.ts";
import { MalformedError } from "./malformed_error.ts";

/** The maximum nesting depth of lists and objects in JSON. */
const MAX_JSON_DEPTH = 1000;

const [TAB, LF, CR, SPACE] = [9, 10, 13, 32];
export const [QUOTE, PLUS, COMMA, MINUS, DOT, ZERO, NINE, COLON] = [34, 43, 44, 45, 46, 48, 57, 58];
export const [LIST, BACKSLASH, LIST_END, OBJECT, OBJECT_END] = [91, 92, 93, 123, 125];
const [E_UPPER, E_LOWER] = [69, 101];
const LETTER_U = 117;
/** The characters that may follow a backslash. */
const ESCAPED = new TextEncoder().encode('"\\/bfnrtu');
const WORDS = ["true", "false", "null"] as const;

const TWO_TO_32 = 2 ** 32;

/** Bytes are released in blocks of this size, because releasing moves the remaining ones. */
export const RELEASED_BYTES = 4 * 2 ** 20;

/** The first byte of a value. */
export type JsonKind = "string" | "number" | "true" | "false" | "null" | "list" | "object";

/**
 * Reads JSON token by token, in place: nothing is allocated unless requested, however many values there are and
 * however deeply they are nested. The caller has validated the UTF-8. All methods throw {@linkcode
 * MalformedError} if the bytes are not JSON.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8259
 */
export class JsonReader {
  /** The bytes that are not released. */
  bytes: Uint8Array;
  /** The position of the next token. */
  position: number;
  /** The start and end of the content of the last string or number. */
  start = 0;
  end = 0;
  /** Whether the last string has escapes. */
  isEscaped = false;
  /** The halves of the integer that {@linkcode digits} read. */
  low = 0;
  high = 0;
  /** The closing byte of each list or object that is being skipped. */
  #closers: Uint8Array | undefined;
  readonly #isOwn: boolean;
  #releasedBytes = 0;

  /** @param isOwn Whether the reader owns the bytes and their buffer; see {@linkcode release}. */
  constructor(bytes: Uint8Array, isOwn = false) {
    this.bytes = bytes;
    this.#isOwn = isOwn;
    const hasByteOrderMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
    this.position = hasByteOrderMark ? 3 : 0;
  }

  /** The position of the next token, counted from the start of all bytes. */
  get offset(): number {
    return this.#releasedBytes + this.position;
  }

  /**
   * Releases the memory before a position, if the reader owns the bytes and there are enough of them. Returns
   * by how much all positions have shifted.
   */
  release(end: number): number {
    if (end < RELEASED_BYTES || !this.#isOwn) return 0;
    const left = this.bytes.length - end;
    this.bytes.copyWithin(0, end);
    this.bytes = resizeBytes(this.bytes as Uint8Array<ArrayBuffer>, left);
    this.#releasedBytes += end;
    this.position -= end;
    this.start = Math.max(0, this.start - end);
    this.end = Math.max(0, this.end - end);
    return end;
  }

  /** Skips white space and returns the byte that follows; undefined at the end. */
  peek(): number | undefined {
    const { bytes } = this;
    let position = this.position;
    let byte = bytes[position];
    while (byte === SPACE || byte === LF || byte === CR || byte === TAB) byte = bytes[++position];
    this.position = position;
    return byte;
  }

  /** Reads this byte, after white space. */
  expect(byte: number): void {
    if (this.peek() !== byte) throw this.fault(`expected "${String.fromCharCode(byte)}"`);
    this.position++;
  }

  /**
   * After the start of a list or object, or one of its values: whether another follows. If so, the reader is
   * positioned at it.
   */
  hasNext(isFirst: boolean, closer: number): boolean {
    const byte = this.peek();
    if (byte === closer) {
      this.position++;
      return false;
    }
    if (isFirst) return true;
    if (byte !== COMMA) throw this.fault(`expected "," or "${String.fromCharCode(closer)}"`);
    this.position++;
    return true;
  }

  /** The type of the next value. */
  kind(): JsonKind {
    const byte = this.peek();
    if (byte === QUOTE) return "string";
    if (byte === OBJECT) return "object";
    if (byte === LIST) return "list";
    if (byte === MINUS || isDigit(byte)) return "number";
    const word = WORDS.find((word) => word.charCodeAt(0) === byte);
    if (word === undefined) throw this.fault("expected a value");
    return word;
  }

  /** Reads a string up to its closing quote. */
  string(): void {
    this.expect(QUOTE);
    const { bytes } = this;
    let position = this.start = this.position;
    this.isEscaped = false;
    for (;;) {
      const byte = bytes[position];
      if (byte === QUOTE) break;
      if (byte === undefined || byte < SPACE) {
        this.position = position;
        throw this.fault("expected a character or the end of the string");
      }
      if (byte === BACKSLASH) {
        this.isEscaped = true;
        position = this.#skipEscape(position);
      } else position++;
    }
    this.end = position;
    this.position = position + 1;
  }

  /** Reads a number. */
  number(): void {
    const { bytes } = this;
    this.peek();
    const start = this.position;
    let position = start;
    if (bytes[position] === MINUS) position++;
    position = bytes[position] === ZERO ? position + 1 : this.#digits(position);
    if (bytes[position] === DOT) position = this.#digits(position + 1);
    if (bytes[position] === E_LOWER || bytes[position] === E_UPPER) {
      position++;
      if (bytes[position] === PLUS || bytes[position] === MINUS) position++;
      position = this.#digits(position);
    }
    this.start = start;
    this.end = this.position = position;
  }

  /** Reads true, false or null. */
  word(word: (typeof WORDS)[number]): void {
    this.peek();
    for (let i = 0; i < word.length; i++) {
      if (this.bytes[this.position] !== word.charCodeAt(i)) throw this.fault("expected a value");
      this.position++;
    }
  }

  /** Parses the last string or number as an integer of up to 20 digits. */
  digits(): boolean {
    const { bytes, start, end } = this;
    if (end === start || end - start > 20) return false;
    let low = 0;
    let high = 0;
    for (let at = start; at < end;) {
      let scale = 1;
      let part = 0;
      // Six digits, so that the product fits in a double.
      for (; scale < 1e6 && at < end; at++, scale *= 10) {
        const digit = bytes[at]! - ZERO;
        if (digit < 0 || digit > 9) return false;
        part = part * 10 + digit;
      }
      low = low * scale + part;
      const carry = Math.floor(low / TWO_TO_32);
      low -= carry * TWO_TO_32;
      high = high * scale + carry;
    }
    this.low = low;
    this.high = high;
    return high < TWO_TO_32;
  }

  /** Skips a value, whatever it is. */
  skip(): void {
    const kind = this.kind();
    if (kind === "list" || kind === "object") this.#skipNested();
    else this.skipScalar(kind);
  }

  /** Skips a value that is neither a list nor an object. */
  skipScalar(kind: Exclude<JsonKind, "list" | "object">): void {
    if (kind === "string") this.string();
    else if (kind === "number") this.number();
    else this.word(kind);
  }

  /** Checks that nothing follows the last value. */
  expectEnd(): void {
    if (this.peek() !== undefined) throw this.fault("expected nothing after the value");
  }

  /** The error at the current position. */
  fault(wanted: string): MalformedError {
    const byte = this.bytes[this.position];
    const got = byte === undefined
      ? "the end"
      : byte > SPACE && byte < 0x7f
      ? `"${String.fromCharCode(byte)}"`
      : `byte ${byte}`;
    return new MalformedError(`no JSON: ${wanted}, got ${got}`, this.offset);
  }

  /** Skips a list or object without recursion, because it may be deeply nested. */
  #skipNested(): void {
    const closers = this.#closers ??= new Uint8Array(MAX_JSON_DEPTH);
    let depth = 0;
    let isFirst = true;
    do {
      if (isFirst) {
        if (depth === MAX_JSON_DEPTH) {
          throw new MalformedError("JSON is nested too deeply", this.offset);
        }
        closers[depth++] = this.bytes[this.position++]! === LIST ? LIST_END : OBJECT_END;
      }
      const closer = closers[depth - 1]!;
      if (!this.hasNext(isFirst, closer)) {
        depth--;
        isFirst = false;
        continue;
      }
      if (closer === OBJECT_END) {
        this.string();
        this.expect(COLON);
      }
      const kind = this.kind();
      isFirst = kind === "list" || kind === "object";
      if (kind !== "list" && kind !== "object") this.skipScalar(kind);
    } while (depth > 0);
  }

  /** Returns the end of the escape at a backslash. */
  #skipEscape(backslash: number): number {
    const { bytes } = this;
    let position = backslash + 1;
    const letter = bytes[position];
    let isValid = letter !== undefined && ESCAPED.includes(letter);
    if (isValid) position++;
    for (let i = 0; isValid && letter === LETTER_U && i < 4; i++) {
      isValid = hexDigit(bytes[position]) >= 0;
      if (isValid) position++;
    }
    if (isValid) return position;
    this.position = position;
    throw this.fault("expected an escape that JSON knows");
  }

  #digits(start: number): number {
    let position = start;
    while (isDigit(this.bytes[position])) position++;
    if (position > start) return position;
    this.position = position;
    throw this.fault("expected a digit");
  }
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= NINE;
}

/** The value of a hexadecimal digit in any case; -1 if it isn't one. */
export function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte <= NINE) return byte - ZERO >= 0 ? byte - ZERO : -1;
  const letter = byte | 0x20;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}
