/** Each gives way to others every few milliseconds, so that this many hold nobody up for long. */
const MAX_AT_ONCE = 4;

/** Lets few long questions be answered at once, and the others wait for their turn. */
export class QuestionTurns {
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  /** Does the work when it is its turn. */
  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running < MAX_AT_ONCE) this.#running++;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      // What arrived meanwhile goes first.
      if (next) setTimeout(next);
      else this.#running--;
    }
  }
}
