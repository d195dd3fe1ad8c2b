import { Interner, NOT_INTERNED } from "../tables/interner.ts";

/** Options of {@linkcode RepeatedBytes}. */
export interface RepeatedBytesOptions {
  /** How many texts are remembered. */
  maxTexts: number;
  /** How long all of them are together. */
  maxBytes: number;
  /** Longer texts are not remembered. */
  maxTextBytes: number;
}

/** Numbers the encoded texts that senders repeat in every request, most of them in the same order. */
export class RepeatedBytes {
  readonly #options: RepeatedBytesOptions;
  readonly #next: Uint16Array;
  #interner: Interner;
  #previous = NOT_INTERNED;
  #isFull = false;

  /** @param options At most 65,535 texts. */
  constructor(options: RepeatedBytesOptions) {
    this.#options = options;
    // Which text followed the one with a number last time.
    this.#next = new Uint16Array(options.maxTexts + 1);
    this.#interner = this.#newInterner();
  }

  /** Whether there was no room for a text. */
  get isFull(): boolean {
    return this.#isFull;
  }

  /** The number of a text, valid until {@linkcode clear}; `NOT_INTERNED` if it is not remembered. */
  numberOf(bytes: Uint8Array, start: number, end: number): number {
    const previous = this.#previous;
    const expected = this.#next[previous]!;
    if (this.#interner.isText(expected, bytes, start, end)) return this.#previous = expected;
    if (end - start > this.#options.maxTextBytes) return NOT_INTERNED;
    const number = this.#interner.intern(bytes, start, end);
    if (number === NOT_INTERNED) this.#isFull = true;
    else this.#next[previous] = this.#previous = number;
    return number;
  }

  /** Forgets all texts. */
  clear(): void {
    this.#interner = this.#newInterner();
    this.#next.fill(NOT_INTERNED);
    this.#previous = NOT_INTERNED;
    this.#isFull = false;
  }

  #newInterner(): Interner {
    const { maxTexts, maxBytes, maxTextBytes } = this.#options;
    return new Interner(maxTexts, maxBytes, maxTextBytes);
  }
}
