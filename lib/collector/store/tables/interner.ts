import { decodeUtf8 } from "../../../otlp/protobuf_reader.ts";
import { hashBytes, HashTable } from "./hash_table.ts";

/** By default, longer texts are not interned: they are rarely sent twice. */
const MAX_TEXT_BYTES = 1024;

/** Stands for a text that has no number because there was no room. */
export const NOT_INTERNED = 0;

/**
 * Assigns numbers to texts, without decoding them. It never forgets a text, so its size is limited. Texts
 * that arrive when it is full must be read from their request.
 */
export class Interner {
  #table = new HashTable(256);
  readonly #maxTexts: number;
  readonly #maxBytes: number;
  readonly #maxTextBytes: number;
  #bytes = new Uint8Array(4096);
  /** Where each text ends; it begins where the one before ends. */
  readonly #ends: number[] = [0];
  readonly #texts: (string | undefined)[] = [];

  constructor(maxTexts: number, maxBytes: number, maxTextBytes = MAX_TEXT_BYTES) {
    this.#maxTexts = maxTexts;
    this.#maxBytes = maxBytes;
    this.#maxTextBytes = maxTextBytes;
  }

  get byteLength(): number {
    return this.#table.byteLength + this.#bytes.byteLength + this.#ends.length * 16;
  }

  /** The highest number assigned so far. */
  get last(): number {
    return this.#ends.length - 1;
  }

  /** Returns the text's number, or {@linkcode NOT_INTERNED}. */
  intern(bytes: Uint8Array, start: number, end: number): number {
    const hash = hashBytes(bytes, start, end);
    const known = this.#find(hash, bytes, start, end);
    if (known !== NOT_INTERNED) return known;
    const used = this.#ends[this.last]!;
    const total = used + end - start;
    const isFull = this.last >= this.#maxTexts || total > this.#maxBytes;
    if (isFull || end - start > this.#maxTextBytes) return NOT_INTERNED;
    while (total > this.#bytes.length) {
      this.#bytes = new Uint8Array(this.#bytes.buffer.transfer(this.#bytes.length * 2));
    }
    this.#bytes.set(bytes.subarray(start, end), used);
    this.#ends.push(total);
    if (this.last * 2 > this.#table.slots.length) this.#rebuild();
    else this.#table.insert(hash, this.last);
    return this.last;
  }

  /** Whether a number is that of a text. */
  isText(number: number, bytes: Uint8Array, start: number, end: number): boolean {
    return number !== NOT_INTERNED && this.#isEqual(number, bytes, start, end);
  }

  /** Returns the number of a text that is already interned, else {@linkcode NOT_INTERNED}. */
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
    let [i, j] = [start, ownStart];
    for (; i + 4 <= end; i += 4, j += 4) {
      const difference = bytes[i]! ^ own[j]! | bytes[i + 1]! ^ own[j + 1]! |
        bytes[i + 2]! ^ own[j + 2]! | bytes[i + 3]! ^ own[j + 3]!;
      if (difference !== 0) return false;
    }
    for (; i < end; i++, j++) {
      if (bytes[i] !== own[j]) return false;
    }
    return true;
  }
}
