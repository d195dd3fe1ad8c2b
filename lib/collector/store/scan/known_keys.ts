import { Interner, NOT_INTERNED } from "../tables/interner.ts";

/** More than there are series. */
const MAX_KEYS = 2 ** 13;

/** Longer attributes are not remembered. */
const MAX_ATTRIBUTES_BYTES = 512;

/** The keys of a stream's series, by the number of their attributes. */
export type StreamKeys = Map<number, string>;

/**
 * Remembers the keys of series by the bytes of their attributes: a sender writes the attributes of a
 * series the same way every time. When there are too many, it begins again.
 */
export class KnownKeys {
  #attributes = new Interner(MAX_KEYS, MAX_KEYS * MAX_ATTRIBUTES_BYTES / 4);
  /** The number of the last attributes. */
  #previous = NOT_INTERNED;
  /** Which attributes followed those with a number last time. */
  readonly #next = new Uint16Array(MAX_KEYS + 1);
  readonly #streams = new Map<string, StreamKeys>();
  #count = 0;

  /** The known keys of a metric stream, for {@linkcode keyOf}. */
  ofStream(stream: string): StreamKeys {
    let keys = this.#streams.get(stream);
    if (keys) return keys;
    if (this.#streams.size === MAX_KEYS) this.#clear();
    this.#streams.set(stream, keys = new Map());
    return keys;
  }

  /**
   * The key of a series.
   *
   * @param build Builds the key, if it is not known.
   */
  keyOf(
    keys: StreamKeys,
    bytes: Uint8Array,
    start: number,
    end: number,
    build: () => string,
  ): string {
    if (end - start > MAX_ATTRIBUTES_BYTES) return build();
    const number = this.#numberOf(bytes, start, end);
    const known = keys.get(number);
    if (known !== undefined) return known;
    const key = build();
    keys.set(number, key);
    this.#count++;
    return key;
  }

  /** The number of some attributes. Most senders send their series in the same order every time. */
  #numberOf(bytes: Uint8Array, start: number, end: number): number {
    const previous = this.#previous;
    const expected = this.#next[previous]!;
    const isExpected = this.#count < MAX_KEYS &&
      this.#attributes.isText(expected, bytes, start, end);
    if (isExpected) return this.#previous = expected;
    let number = this.#attributes.intern(bytes, start, end);
    if (number === NOT_INTERNED || this.#count === MAX_KEYS) {
      this.#clear();
      number = this.#attributes.intern(bytes, start, end);
    } else this.#next[previous] = number;
    return this.#previous = number;
  }

  #clear(): void {
    this.#attributes = new Interner(MAX_KEYS, MAX_KEYS * MAX_ATTRIBUTES_BYTES / 4);
    // A caller may still have one.
    for (const keys of this.#streams.values()) keys.clear();
    this.#streams.clear();
    this.#count = 0;
    this.#next.fill(NOT_INTERNED);
  }
}
