/** A multiple of 2^32 apart, numbers name the same record: a record holds a number's low 32 bits. */
const INITIAL_RECORDS = 64;

/**
 * A queue of records of a few 32-bit words each, in one typed array: a span's record is one line of
 * the processor's cache, and a million of them are one object to the garbage collector. Records are
 * numbered in order of arrival; they come at the end and go at the beginning.
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

  /** The number that comes next. */
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

  /** Which of the places a record has; stays until the ring grows. */
  slot(number: number): number {
    return number & this.#mask;
  }

  /** Where in `words` a record begins. */
  at(number: number): number {
    return (number & this.#mask) * this.#stride;
  }

  /** A kept record's number from its low 32 bits. */
  numberOf(low: number): number {
    return this.first + ((low - this.first) >>> 0);
  }

  /** Adds a record, with whatever its place held before, and returns its number. */
  push(): number {
    if (this.size > this.#mask) this.#grow();
    return this.first + this.size++;
  }

  /** Takes the oldest records away. */
  shift(count = 1): void {
    this.first += count;
    this.size -= count;
  }

  /** Takes the newest records away. */
  pop(count = 1): void {
    this.size -= count;
  }

  /** Takes all records away; numbers go on. */
  clear(): void {
    this.first = this.end;
    this.size = 0;
    this.#mask = INITIAL_RECORDS - 1;
    this.words = new Uint32Array(INITIAL_RECORDS * this.#stride);
  }

  /** With both halves alike, each record is where its number says, whichever half that is. */
  #grow(): void {
    const length = this.words.length;
    this.words = new Uint32Array(this.words.buffer.transfer(length * 8));
    this.words.copyWithin(length, 0, length);
    this.#mask = this.#mask * 2 + 1;
  }
}
