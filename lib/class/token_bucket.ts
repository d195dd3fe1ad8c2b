/** Limits a rate: so many at once, and then so many a second. */
export interface Rate {
  burst: number;
  perSecond: number;
}

/** Counts what may still pass. */
export class TokenBucket {
  readonly #rate: Rate;
  #tokens: number;
  #at: number;

  constructor(rate: Rate, nowMillis: number) {
    this.#rate = rate;
    this.#tokens = rate.burst;
    this.#at = nowMillis;
  }

  /** Takes one, if there is one left at this time. */
  take(nowMillis: number): boolean {
    const { burst, perSecond } = this.#rate;
    const elapsed = Math.max(0, nowMillis - this.#at) / 1000;
    this.#at = nowMillis;
    this.#tokens = Math.min(burst, this.#tokens + elapsed * perSecond);
    if (this.#tokens < 1) return false;
    this.#tokens--;
    return true;
  }
}
