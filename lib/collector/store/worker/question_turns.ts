/** Each yields every few milliseconds, so this many do not hold anyone up for long. */
const MAX_AT_ONCE = 4;

/** Limits how many long questions are answered at once; the others wait for their turn. */
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
      // Messages that arrived meanwhile go first.
      if (next) setTimeout(next);
      else this.#running--;
    }
  }
}
