/** Rows removed from the front are dropped from memory once there are this many. */
const MAX_REMOVED = 200;

/**
 * The rows of a series' points, in order of arrival. Removing the oldest takes constant time on average, and
 * creates no garbage: a busy series loses a point with every new one.
 */
export class PointRows {
  readonly #rows: number[] = [];
  /** How many at the front are removed. */
  #removed = 0;

  get length(): number {
    return this.#rows.length - this.#removed;
  }

  /** The newest row; a series has at least one. */
  get last(): number {
    return this.#rows.at(-1)!;
  }

  /** A copy. */
  toArray(): number[] {
    return this.#rows.slice(this.#removed);
  }

  push(row: number): void {
    this.#rows.push(row);
  }

  /** Removes the oldest row and returns it. */
  shift(): number {
    const row = this.#rows[this.#removed++]!;
    if (this.#removed >= MAX_REMOVED || this.length === 0) {
      this.#rows.splice(0, this.#removed);
      this.#removed = 0;
    }
    return row;
  }

  /** Removes one row. */
  remove(row: number): void {
    const index = this.#rows.indexOf(row, this.#removed);
    if (index === this.#removed) this.shift();
    else if (index > 0) this.#rows.splice(index, 1);
  }
}
