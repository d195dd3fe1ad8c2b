/** How the time between tries grows. */
export interface BackoffOptions {
  firstMillis: number;
  maxMillis: number;
  factor?: number;
}

/** By how much a time is made longer or shorter at random, so that not all senders come at once. */
const JITTER = 0.2;

/** Who asks for less than that has not asked for a pause. */
const MIN_ASKED_MS = 100;

/** Whether a server asks to wait, by what it says of how long. */
export function isAskedToWait(askedMillis: number | undefined): askedMillis is number {
  return askedMillis !== undefined && askedMillis >= MIN_ASKED_MS;
}

/** The times to wait between tries: exponential, with jitter. */
export class Backoff {
  readonly #options: Required<BackoffOptions>;
  #nextMillis: number;

  constructor({ firstMillis, maxMillis, factor = 1.5 }: BackoffOptions) {
    this.#options = { firstMillis, maxMillis, factor };
    this.#nextMillis = firstMillis;
  }

  /** How long to wait now, and at least as long as a server asks to; the next time it is longer. */
  next(askedMillis?: number): number {
    const { factor, maxMillis } = this.#options;
    const millis = this.#nextMillis * (1 + JITTER * (2 * Math.random() - 1));
    this.#nextMillis = Math.min(this.#nextMillis * factor, maxMillis);
    return Math.max(millis, askedMillis ?? 0);
  }
}
