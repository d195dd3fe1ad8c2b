/** The number of distinct reasons to keep. Servers could send a different one each time. */
const MAX_REASONS = 5;
const OTHER_REASONS = "other reasons";

/**
 * Counts what becomes of items that are to be sent. Each ends up in exactly one of three columns: sent, lost,
 * or dropped because the queue was full. Until then it is pending. Once the counts are closed, nothing is
 * pending: created = sent + lost + dropped, and later calls change nothing.
 */
export class DeliveryCounts {
  #created = 0;
  #sent = 0;
  #lost = 0;
  #dropped = 0;
  /** Why items were lost, with the number for each reason. */
  readonly #losses = new Map<string, number>();
  #isClosed = false;

  /** Items to send. */
  get created(): number {
    return this.#created;
  }

  /** Items that the server accepted. */
  get sent(): number {
    return this.#sent;
  }

  /** Items that did not reach the server, or that it rejected. */
  get lost(): number {
    return this.#lost;
  }

  /** Items that were never sent because the queue was full. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Items that are neither sent, lost nor dropped yet. */
  get pending(): number {
    return this.#created - this.#sent - this.#lost - this.#dropped;
  }

  /** Adds pending items. */
  add(count: number): void {
    if (!this.#isClosed) this.#created += count;
  }

  /** Moves pending items to sent. */
  send(count: number): void {
    if (!this.#isClosed) this.#sent += count;
  }

  /** Moves pending items to lost, for a reason in a few words. */
  lose(count: number, reason: string): void {
    if (this.#isClosed || count === 0) return;
    this.#lost += count;
    const isTold = this.#losses.has(reason) || this.#losses.size < MAX_REASONS;
    const key = isTold ? reason : OTHER_REASONS;
    this.#losses.set(key, (this.#losses.get(key) ?? 0) + count);
  }

  /** Moves pending items to dropped. */
  drop(count: number): void {
    if (!this.#isClosed) this.#dropped += count;
  }

  /** Closes the counts: pending items are lost, for this reason. */
  close(reason: string): void {
    this.lose(this.pending, reason);
    this.#isClosed = true;
  }

  /** The reason of all losses. If there are several, each has its share, the largest first. */
  lossReasons(): string {
    const reasons = [...this.#losses].sort(([, a], [, b]) => b - a);
    return reasons.length === 1
      ? reasons[0]![0]
      : reasons.map(([reason, count]) => `${reason} (${count})`).join(", ");
  }
}
