/** Remembers the most recent ids. */
export class RecentIds {
  readonly #maxCount: number;
  /** The newest is the last. */
  readonly #ids = new Set<number>();

  constructor(maxCount: number) {
    this.#maxCount = maxCount;
  }

  /** Adds an id, and removes the oldest one if there are too many. */
  add(id: number): void {
    this.#ids.add(id);
    if (this.#ids.size <= this.#maxCount) return;
    const [oldest] = this.#ids;
    this.#ids.delete(oldest!);
  }

  /** Whether the id was added and not yet removed. */
  has(id: number): boolean {
    return this.#ids.has(id);
  }
}
