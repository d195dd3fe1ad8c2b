import { decodeUtf8 } from "../../../otlp/protobuf_reader.ts";

/** Per record; further keys are ignored. */
const MAX_KEYS = 128;

/** The tag of a key; every attribute begins with it. */
const KEY_TAG = 1 << 3 | 2;

/**
 * Finds attributes of a record with the same key, which OTLP forbids. Keys are compared in their encoded
 * form. Reused for the next record.
 */
export class RepeatedKeys {
  readonly #starts = new Int32Array(MAX_KEYS);
  readonly #ends = new Int32Array(MAX_KEYS);
  #count = 0;
  #isCounted = false;
  /** The first repeated key in any record. */
  found: string | undefined;
  /** How many records have a repeated key. */
  records = 0;

  /** Begins a request. */
  reset(): void {
    this.found = undefined;
    this.records = 0;
  }

  /** Begins a record. */
  startRecord(): void {
    this.#count = 0;
    this.#isCounted = false;
  }

  /** Looks at the attribute whose length field is at `position`. Ignores what is malformed. */
  see(bytes: Uint8Array, position: number): void {
    let at = position;
    while (bytes[at++]! >= 0x80);
    // Keys are short; those of more than 127 bytes are ignored.
    if (bytes[at] !== KEY_TAG || bytes[at + 1]! >= 0x80 || this.#count === MAX_KEYS) return;
    const start = at + 2;
    const end = start + bytes[at + 1]!;
    for (let i = 0; i < this.#count; i++) {
      if (!this.#isKey(bytes, i, start, end)) continue;
      this.found ??= decodeUtf8(bytes, start, end);
      if (!this.#isCounted) this.records++;
      this.#isCounted = true;
      return;
    }
    this.#starts[this.#count] = start;
    this.#ends[this.#count++] = end;
  }

  #isKey(bytes: Uint8Array, index: number, start: number, end: number): boolean {
    const other = this.#starts[index]!;
    const length = end - start;
    if (this.#ends[index]! - other !== length) return false;
    // Keys of a record often begin alike, so compare from the end.
    for (let i = length - 1; i >= 0; i--) {
      if (bytes[start + i] !== bytes[other + i]) return false;
    }
    return true;
  }
}
