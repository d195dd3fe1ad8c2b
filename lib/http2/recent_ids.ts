/** Remembers the ids that were added last. */
export class RecentIds {
  readonly #maxCount: number;
  /** The newest is the last. */
  readonly #ids = new Set<number>();

  constructor(maxCount: number) {
    this.#maxCount = maxCount;
  }

  /** Adds an id, and forgets the oldest one if there are too many. */
  add(id: number): void {
    this.#ids.add(id);
    if (this.#ids.size <= this.#maxCount) return;
    const [oldest] = this.#ids;
    this.#ids.delete(oldest!);
  }

  /** Whether the id was added, and not forgotten. */
  has(id: number): boolean {
    return this.#ids.has(id);
  }
}
