/** The maximum number of waiting imports. */
const MAX_WAITING = 4;

/** Runs imports one at a time, so that several at once can't overload the collector. */
export class ImportTurns {
  #last: Promise<unknown> = Promise.resolve();
  /** The running and waiting imports. */
  #count = 0;

  /** Whether another one should be retried later. */
  get isFull(): boolean {
    return this.#count > MAX_WAITING;
  }

  /**
   * Does the work when the previous imports are done. If the client is gone by then, reading the body
   * fails.
   */
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
