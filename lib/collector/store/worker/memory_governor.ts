const MIB = 2 ** 20;

/** What the whole process may take beyond the store's bytes: the runtime, and what is under way. */
const ALLOWANCE_BYTES = 120_000_000;
/** The store may always have this share of its bytes, however much the rest of the process takes. */
const MIN_SHARE = 0.5;
const INTERVAL_MS = 100;
const STEP_BYTES = 4 * MIB;
/** Room that is left alone, or the limit would go up and down all the time. */
const SLACK_BYTES = 16 * MIB;

/**
 * Keeps the whole process within the store's bytes and {@linkcode ALLOWANCE_BYTES}. Under full load
 * the rest of the process takes more than that, for garbage that is not collected yet; then the store
 * makes do with less. It grows slowly, because memory that was had once is seldom given back.
 */
export class MemoryGovernor {
  readonly #maxBytes: number;
  readonly #residentBytes: () => number;
  #limit: number;
  #nextCheck = 0;

  constructor(maxBytes: number, residentBytes = () => Deno.memoryUsage().rss) {
    this.#maxBytes = maxBytes;
    this.#residentBytes = residentBytes;
    this.#limit = Math.floor(maxBytes * MIN_SHARE);
  }

  /** What the store may hold now, for one that holds so much. */
  limitOf(heldBytes: number, nowMillis: number): number {
    if (nowMillis < this.#nextCheck) return this.#limit;
    this.#nextCheck = nowMillis + INTERVAL_MS;
    const room = this.#maxBytes + ALLOWANCE_BYTES - this.#residentBytes();
    const isFull = heldBytes > this.#limit - STEP_BYTES;
    if (room < 0) this.#limit -= STEP_BYTES;
    else if (room > SLACK_BYTES && isFull) this.#limit += STEP_BYTES;
    this.#limit = Math.max(this.#limit, Math.floor(this.#maxBytes * MIN_SHARE));
    this.#limit = Math.min(this.#limit, this.#maxBytes);
    return this.#limit;
  }
}
