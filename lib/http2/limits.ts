import { ConnectionError, ERROR_CODE } from "./errors.ts";

/** Allows a burst of events, and then so many per second. */
export class RateLimiter {
  readonly #what: string;
  readonly #atOnce: number;
  readonly #perSecond: number;
  #left: number;

  /** @param what The events, in the plural, for the error message. */
  constructor(what: string, atOnce: number, perSecond: number) {
    this.#what = what;
    this.#atOnce = atOnce;
    this.#perSecond = perSecond;
    this.#left = atOnce;
  }

  /** Counts an event. @throws {ConnectionError} ENHANCE_YOUR_CALM if there were too many. */
  count(): void {
    if (this.#left-- > 0) return;
    throw new ConnectionError(ERROR_CODE.ENHANCE_YOUR_CALM, `there are too many ${this.#what}`);
  }

  /** Allows so many more events, up to the burst. */
  give(count: number): void {
    this.#left = Math.min(this.#atOnce, this.#left + count);
  }

  /** Advances the clock by a second. */
  tick(): void {
    this.give(this.#perSecond);
  }
}

/** Bounds the bytes that all connections of a server hold together. */
export class ByteBudget {
  readonly #maxBytes: number;
  #heldBytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** The bytes that are held. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** Reserves bytes until {@linkcode release}; returns false if there is no room for them. */
  take(bytes: number): boolean {
    if (this.#heldBytes + bytes > this.#maxBytes) return false;
    this.#heldBytes += bytes;
    return true;
  }

  /** Releases reserved bytes. */
  release(bytes: number): void {
    this.#heldBytes -= bytes;
  }
}
