/** How many wait, at most. */
const MAX_WAITING = 4;

/** Lets imports run one after the other, so that several at once cannot take all of the collector. */
export class ImportTurns {
  #last: Promise<unknown> = Promise.resolve();
  /** Those that run or wait. */
  #count = 0;

  /** Whether another one should come again later. */
  get isFull(): boolean {
    return this.#count > MAX_WAITING;
  }

  /** Does the work when those before it are done. Of a client that left by then, no body comes. */
  async take<T>(work: () => Promise<T>): Promise<T> {
    this.#count++;
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => {});
    try {
      return await turn;
    } finally {
      this.#count--;
    }
  }
}
