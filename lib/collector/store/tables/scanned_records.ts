import { freeBytes, LARGE_BYTES, resizeBytes } from "../../../large_bytes.ts";

const FIRST_RECORDS = 256;

/** A reusable list of records of a few words each. */
export class ScannedRecords {
  words: Uint32Array<ArrayBuffer>;
  count = 0;
  readonly #stride: number;

  constructor(wordsPerRecord: number) {
    this.#stride = wordsPerRecord;
    this.words = new Uint32Array(FIRST_RECORDS * wordsPerRecord);
  }

  /**
   * Adds a record and returns where in `words` it begins. It still holds whatever its slot held before.
   */
  add(): number {
    const at = this.count++ * this.#stride;
    if (at === this.words.length) {
      const bytes = resizeBytes(new Uint8Array(this.words.buffer), at * 8);
      this.words = new Uint32Array(bytes.buffer, 0, at * 2);
    }
    return at;
  }

  /** Releases the memory that a large request needed. */
  shrink(): void {
    if (this.words.byteLength < LARGE_BYTES) return;
    freeBytes(this.words);
    this.words = new Uint32Array(FIRST_RECORDS * this.#stride);
  }
}
