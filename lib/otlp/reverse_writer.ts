/** How values are laid out: https://protobuf.dev/programming-guides/encoding/#structure */
export const VARINT = 0;
export const FIXED64 = 1;
export const LENGTH_DELIMITED = 2;
export const FIXED32 = 5;

const TWO_TO_32 = 2 ** 32;

const textEncoder = new TextEncoder();

/**
 * Writes protobuf from end to start: the length of a message, which precedes it, is then known when it is
 * written, and nothing is measured, moved or copied. Callers write the last field of a message first, and the
 * value of each field before its tag.
 */
export class ReverseProtobufWriter {
  #bytes: Uint8Array<ArrayBuffer>;
  #view: DataView;
  /** The position of the last written byte. */
  #start: number;

  constructor(capacity: number) {
    this.#bytes = new Uint8Array(capacity);
    this.#view = new DataView(this.#bytes.buffer);
    this.#start = capacity;
  }

  /** Bytes written so far; the difference of two values is the length of the content in between. */
  get length(): number {
    return this.#bytes.length - this.#start;
  }

  /** Discards everything since `length` had this value. */
  rewind(length: number): void {
    this.#start = this.#bytes.length - length;
  }

  /** Discards everything; the result of `finish()` is overwritten. */
  reset(): void {
    this.#start = this.#bytes.length;
  }

  /** The result. */
  finish(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(this.#start);
  }

  /** A copy of everything since `end`, an earlier `length`. */
  slice(end: number): Uint8Array {
    return this.#bytes.slice(this.#start, this.#bytes.length - end);
  }

  /** Writes the tag of the field whose value was just written. */
  tag(field: number, wireType: number): void {
    this.varint(field << 3 | wireType);
  }

  /** Writes length and tag of the message that was written since `end`, an earlier `length`. */
  messageTag(field: number, end: number): void {
    this.varint(this.length - end);
    this.varint(field << 3 | LENGTH_DELIMITED);
  }

  /** Writes a non-negative integer below 2^53. */
  varint(value: number): void {
    if (value < 0x80) {
      this.#reserve(1);
      this.#bytes[--this.#start] = value;
      return;
    }
    let size = 1;
    for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) size++;
    this.#reserve(size);
    let position = this.#start -= size;
    let rest = value;
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) {
      this.#bytes[position++] = rest & 0x7f | 0x80;
    }
    this.#bytes[position] = rest;
  }

  /** Writes a signed 64-bit integer as a varint. */
  int64(value: number | bigint): void {
    if (value >= 0 && value <= Number.MAX_SAFE_INTEGER) return this.varint(Number(value));
    let rest = BigInt.asUintN(64, BigInt(value));
    const groups: number[] = [];
    do {
      groups.push(Number(rest & 0x7fn));
      rest >>= 7n;
    } while (rest > 0n);
    this.#reserve(groups.length);
    for (let i = groups.length - 1; i >= 0; i--) {
      this.#bytes[--this.#start] = groups[i]! | (i < groups.length - 1 ? 0x80 : 0);
    }
  }

  /** Writes 32 bits. */
  fixed32(value: number): void {
    this.#reserve(4);
    this.#view.setUint32(this.#start -= 4, value, true);
  }

  /** Writes 64 bits, given as two halves. */
  fixed64(low: number, high: number): void {
    this.#reserve(8);
    this.#start -= 8;
    this.#view.setUint32(this.#start, low, true);
    this.#view.setUint32(this.#start + 4, high, true);
  }

  /** Writes seconds and nanoseconds as nanoseconds, in steps that a double holds exactly. */
  nanoseconds(seconds: number, nanos: number): void {
    const upper = Math.floor(seconds / 0x10000) * 1e9;
    const lower = (seconds % 0x10000) * 1e9;
    const low = (upper % 0x10000) * 0x10000 + lower + nanos;
    this.fixed64(low % TWO_TO_32, Math.floor(upper / 0x10000) + Math.floor(low / TWO_TO_32));
  }

  /** Writes a double. */
  double(value: number): void {
    this.#reserve(8);
    this.#view.setFloat64(this.#start -= 8, value, true);
  }

  /** Writes raw bytes. */
  raw(bytes: Uint8Array): void {
    const { length } = bytes;
    this.#reserve(length);
    const start = this.#start -= length;
    // For a few bytes, a loop is faster than the call.
    if (length > 64) return this.#bytes.set(bytes, start);
    const target = this.#bytes;
    for (let i = 0; i < length; i++) target[start + i] = bytes[i]!;
  }

  /** Writes bytes with their length. */
  bytes(bytes: Uint8Array): void {
    this.raw(bytes);
    this.varint(bytes.length);
  }

  /** Writes a text with its length. */
  string(text: string): void {
    const { length } = text;
    this.#reserve(length);
    const bytes = this.#bytes;
    const start = this.#start - length;
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i);
      if (code > 0x7f) return this.bytes(textEncoder.encode(text));
      bytes[start + i] = code;
    }
    this.#start = start;
    this.varint(length);
  }

  /** Writes the bytes of a hexadecimal id with their length. */
  hex(id: string): void {
    const size = id.length >> 1;
    this.#reserve(size);
    const bytes = this.#bytes;
    const start = this.#start -= size;
    for (let i = 0; i < size; i++) {
      bytes[start + i] = nibble(id.charCodeAt(2 * i)) << 4 | nibble(id.charCodeAt(2 * i + 1));
    }
    this.varint(size);
  }

  #reserve(size: number): void {
    if (size <= this.#start) return;
    const { length } = this;
    const grown = new Uint8Array(2 * this.#bytes.length + size);
    grown.set(this.#bytes.subarray(this.#start), grown.length - length);
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
    this.#start = grown.length - length;
  }
}

/** The value of a lower-case hexadecimal digit. */
function nibble(code: number): number {
  return code > 57 ? code - 87 : code - 48;
}
