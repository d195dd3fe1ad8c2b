import { freeBytes } from "../../../large_bytes.ts";

/**
 * A power of two. Numbers 2^32 apart name the same record, because a record stores a number's low 32
 * bits.
 */
const INITIAL_RECORDS = 64;

/**
 * A queue of records of a few 32-bit words each, in one typed array. A span's record fits one cache line,
 * and a million records are one object to the garbage collector. Records are numbered in order of
 * arrival: they are added at the end and removed at the beginning.
 */
export class RecordRing {
  words: Uint32Array<ArrayBuffer>;
  /** The oldest record's number. */
  first: number;
  size = 0;
  readonly #stride: number;
  #mask = INITIAL_RECORDS - 1;

  constructor(wordsPerRecord: number, first = 0) {
    this.#stride = wordsPerRecord;
    this.first = first;
    this.words = new Uint32Array(INITIAL_RECORDS * wordsPerRecord);
  }

  /** The next record's number. */
  get end(): number {
    return this.first + this.size;
  }

  get capacity(): number {
    return this.#mask + 1;
  }

  get byteLength(): number {
    return this.words.byteLength;
  }

  has(number: number): boolean {
    return number >= this.first && number < this.end;
  }

  /** The slot a record occupies; stays the same until the ring grows or shrinks. */
  slot(number: number): number {
    return number & this.#mask;
  }

  /** Where in `words` a record begins. */
  at(number: number): number {
    return (number & this.#mask) * this.#stride;
  }

  /** The number of a kept record, from its low 32 bits. */
  numberOf(low: number): number {
    return this.first + ((low - this.first) >>> 0);
  }

  /** Adds a record and returns its number. The record still holds whatever its slot held before. */
  push(): number {
    if (this.size > this.#mask) this.#grow();
    return this.first + this.size++;
  }

  /** How many more bytes it takes if it gets this many more records. */
  growthFor(count: number): number {
    let { capacity } = this;
    while (this.size + count > capacity) capacity *= 2;
    return (capacity - this.capacity) * this.#stride * this.words.BYTES_PER_ELEMENT;
  }

  /** Removes the oldest records. If few are left, the ring shrinks, and slots change. */
  shift(count = 1): void {
    this.first += count;
    this.size -= count;
    if (this.size < this.capacity / 4 && this.capacity > INITIAL_RECORDS) this.#shrink();
  }

  /** Removes the newest records. */
  pop(count = 1): void {
    this.size -= count;
  }

  /** Removes all records; numbering continues. */
  clear(): void {
    this.first = this.end;
    this.size = 0;
    this.#mask = INITIAL_RECORDS - 1;
    this.words = new Uint32Array(INITIAL_RECORDS * this.#stride);
  }

  /** Halves the capacity until the ring is at least a quarter full. */
  #shrink(): void {
    const old = this.words;
    const oldMask = this.#mask;
    let { capacity } = this;
    while (this.size < capacity / 4 && capacity > INITIAL_RECORDS) capacity /= 2;
    this.#mask = capacity - 1;
    this.words = new Uint32Array(capacity * this.#stride);
    for (let number = this.first; number < this.end;) {
      const count = Math.min(this.end - number, capacity - (number & this.#mask));
      const from = (number & oldMask) * this.#stride;
      this.words.set(old.subarray(from, from + count * this.#stride), this.at(number));
      number += count;
    }
    freeBytes(old);
  }

  /**
   * Copies the content into both halves, so that each record is where its number says, whichever half
   * that is.
   */
  #grow(): void {
    const length = this.words.length;
    this.words = new Uint32Array(this.words.buffer.transfer(length * 8));
    this.words.copyWithin(length, 0, length);
    this.#mask = this.#mask * 2 + 1;
  }
}
