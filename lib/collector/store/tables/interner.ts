import { decodeUtf8 } from "../../../otlp/protobuf_reader.ts";
import { hashBytes, HashTable } from "./hash_table.ts";

/** What is longer is rarely sent twice. */
const MAX_TEXT_BYTES = 1024;

/** Of a text that has no number, because there was no room. */
export const NOT_INTERNED = 0;

/**
 * Gives texts numbers, without decoding them. It never forgets one, so it takes only so many; what
 * comes then has to be read from where it came.
 */
export class Interner {
  #table = new HashTable(256);
  readonly #maxTexts: number;
  readonly #maxBytes: number;
  #bytes = new Uint8Array(4096);
  /** Where each text ends; it begins where the one before ends. */
  readonly #ends: number[] = [0];
  readonly #texts: (string | undefined)[] = [];

  constructor(maxTexts: number, maxBytes: number) {
    this.#maxTexts = maxTexts;
    this.#maxBytes = maxBytes;
  }

  get byteLength(): number {
    return this.#table.byteLength + this.#bytes.byteLength + this.#ends.length * 16;
  }

  /** The highest number that was given. */
  get last(): number {
    return this.#ends.length - 1;
  }

  /** The text's number, or {@linkcode NOT_INTERNED}. */
  intern(bytes: Uint8Array, start: number, end: number): number {
    const hash = hashBytes(bytes, start, end);
    const known = this.#find(hash, bytes, start, end);
    if (known !== NOT_INTERNED) return known;
    const used = this.#ends[this.last]!;
    const total = used + end - start;
    const isFull = this.last >= this.#maxTexts || total > this.#maxBytes;
    if (isFull || end - start > MAX_TEXT_BYTES) return NOT_INTERNED;
    while (total > this.#bytes.length) {
      this.#bytes = new Uint8Array(this.#bytes.buffer.transfer(this.#bytes.length * 2));
    }
    this.#bytes.set(bytes.subarray(start, end), used);
    this.#ends.push(total);
    if (this.last * 2 > this.#table.slots.length) this.#rebuild();
    else this.#table.insert(hash, this.last);
    return this.last;
  }

  /** The number of a text that was given one, else {@linkcode NOT_INTERNED}. */
  find(text: string): number {
    const bytes = new TextEncoder().encode(text);
    return this.#find(hashBytes(bytes, 0, bytes.length), bytes, 0, bytes.length);
  }

  text(number: number): string {
    return this.#texts[number] ??= decodeUtf8(
      this.#bytes,
      this.#ends[number - 1]!,
      this.#ends[number]!,
    );
  }

  #rebuild(): void {
    const { length } = this.#table.slots;
    this.#table.free();
    this.#table = new HashTable(length * 4);
    for (let number = 1; number <= this.last; number++) {
      const [start, end] = [this.#ends[number - 1]!, this.#ends[number]!];
      this.#table.insert(hashBytes(this.#bytes, start, end), number);
    }
  }

  #find(hash: number, bytes: Uint8Array, start: number, end: number): number {
    const { slots } = this.#table;
    for (let i = this.#table.start(hash); slots[i] !== 0; i = this.#table.next(i)) {
      if (this.#isEqual(slots[i]!, bytes, start, end)) return slots[i]!;
    }
    return NOT_INTERNED;
  }

  #isEqual(number: number, bytes: Uint8Array, start: number, end: number): boolean {
    const own = this.#bytes;
    const ownStart = this.#ends[number - 1]!;
    if (this.#ends[number]! - ownStart !== end - start) return false;
    for (let i = start, j = ownStart; i < end; i++, j++) {
      if (bytes[i] !== own[j]) return false;
    }
    return true;
  }
}
