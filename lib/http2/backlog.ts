/** Tracks abandoned work, and detects when there is too much of it. */
export class Backlog<T> {
  readonly #maxCount: number;
  readonly #items = new Set<T>();
  #relief: PromiseWithResolvers<void> | undefined;

  constructor(maxCount: number) {
    this.#maxCount = maxCount;
  }

  /** Resolves once there are fewer items than the maximum; undefined if there already are. */
  get relief(): Promise<void> | undefined {
    return this.#relief?.promise;
  }

  /** Adds work that is still running. */
  add(item: T): void {
    this.#items.add(item);
    if (this.#items.size >= this.#maxCount) this.#relief ??= Promise.withResolvers();
  }

  /** Removes finished work, if it was added. */
  delete(item: T): void {
    this.#items.delete(item);
    if (this.#items.size >= this.#maxCount) return;
    this.#relief?.resolve();
    this.#relief = undefined;
  }
}
