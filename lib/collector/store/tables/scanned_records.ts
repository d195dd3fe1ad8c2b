/** A list of records of a few words each, which is filled and emptied again and again. */
export class ScannedRecords {
  words: Uint32Array<ArrayBuffer>;
  count = 0;
  readonly #stride: number;

  constructor(wordsPerRecord: number) {
    this.#stride = wordsPerRecord;
    this.words = new Uint32Array(256 * wordsPerRecord);
  }

  /** Adds a record, with whatever its place held before, and returns where in `words` it begins. */
  add(): number {
    const at = this.count++ * this.#stride;
    if (at === this.words.length) {
      this.words = new Uint32Array(this.words.buffer.transfer(at * 8));
    }
    return at;
  }

  /** Gives the memory of a large request back. */
  shrink(): void {
    const length = 4096 * this.#stride;
    if (this.words.length > length) this.words = new Uint32Array(length);
  }
}
