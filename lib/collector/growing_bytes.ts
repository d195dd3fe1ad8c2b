import { allocateBytes, freeBytes, resizeBytes } from "../large_bytes.ts";

/** The initial capacity. */
const FIRST_BYTES = 16 * 1024;

/** Bytes that arrive in parts. */
export class GrowingBytes {
  readonly #expectedBytes: number;
  readonly #firstBytes: number;
  #bytes = new Uint8Array();
  #length = 0;

  /**
   * @param expectedBytes The expected number of bytes; the capacity exceeds it only if more arrive.
   * @param firstBytes The initial capacity. Unused memory costs nothing.
   */
  constructor(expectedBytes = 0, firstBytes = FIRST_BYTES) {
    this.#expectedBytes = expectedBytes;
    this.#firstBytes = firstBytes;
  }

  get length(): number {
    return this.#length;
  }

  /** Adds a copy of a part. */
  add(part: Uint8Array): void {
    const needed = this.#length + part.length;
    if (needed > this.#bytes.length) this.#grow(needed);
    this.#bytes.set(part, this.#length);
    this.#length = needed;
  }

  /** All bytes, in a separate buffer. Nothing can be added afterward. */
  take(): Uint8Array<ArrayBuffer> {
    const bytes = this.#bytes;
    this.#bytes = new Uint8Array();
    return bytes.length === this.#length ? bytes : resizeBytes(bytes, this.#length);
  }

  /** Releases their memory. */
  free(): void {
    freeBytes(this.#bytes);
    this.#bytes = new Uint8Array();
    this.#length = 0;
  }

  #grow(neededBytes: number): void {
    const room = Math.max(2 * this.#bytes.length, this.#firstBytes);
    const after = neededBytes <= this.#expectedBytes
      ? Math.min(this.#expectedBytes, Math.max(neededBytes, room))
      : Math.max(neededBytes, room);
    this.#bytes = this.#length === 0
      ? allocateBytes(after, this.#expectedBytes)
      : resizeBytes(this.#bytes, after);
  }
}
