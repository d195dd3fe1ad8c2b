/**
 * Buckets per factor of two. Neighboring ones are 2.2 % apart, which is the precision of
 * percentiles.
 */
const BUCKETS_PER_DOUBLING = 32;
const DOUBLINGS = 40;

/** Stores latencies from 1 microsecond up in a fixed amount of memory, and computes percentiles. */
export class Latencies {
  readonly #counts = new Uint32Array(BUCKETS_PER_DOUBLING * DOUBLINGS);
  #count = 0;
  #maxMillis = 0;

  get count(): number {
    return this.#count;
  }

  get maxMillis(): number {
    return this.#maxMillis;
  }

  add(millis: number): void {
    const bucket = Math.round(Math.log2(Math.max(millis * 1000, 1)) * BUCKETS_PER_DOUBLING);
    this.#counts[Math.min(bucket, this.#counts.length - 1)]!++;
    this.#count++;
    this.#maxMillis = Math.max(this.#maxMillis, millis);
  }

  /**
   * The latency in milliseconds that the given share of requests didn't exceed; NaN without any.
   */
  percentile(share: number): number {
    if (this.#count === 0) return NaN;
    let rest = Math.max(Math.ceil(share * this.#count), 1);
    const bucket = this.#counts.findIndex((count) => (rest -= count) <= 0);
    return Math.min(2 ** (bucket / BUCKETS_PER_DOUBLING) / 1000, this.#maxMillis);
  }
}
