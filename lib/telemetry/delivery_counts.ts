/** So many reasons are told apart; those that servers write could be all different. */
const MAX_REASONS = 5;
const OTHER_REASONS = "other reasons";

/**
 * Counts what becomes of items that are to be sent. Each one ends up in exactly one of three columns:
 * sent, lost, or dropped because there was no room to wait. Until then it is pending, and once the counts
 * are closed nothing is: created = sent + lost + dropped. What is told after that no longer counts.
 */
export class DeliveryCounts {
  #created = 0;
  #sent = 0;
  #lost = 0;
  #dropped = 0;
  /** Why items were lost, and how many for each reason. */
  readonly #losses = new Map<string, number>();
  #isClosed = false;

  /** Items that were to be sent. */
  get created(): number {
    return this.#created;
  }

  /** Items that the server took. */
  get sent(): number {
    return this.#sent;
  }

  /** Items that did not reach the server, or that it refused. */
  get lost(): number {
    return this.#lost;
  }

  /** Items that were never sent, because there was no room to wait. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Items whose fate is still open. */
  get pending(): number {
    return this.#created - this.#sent - this.#lost - this.#dropped;
  }

  /** So many more are pending. */
  add(count: number): void {
    if (!this.#isClosed) this.#created += count;
  }

  /** So many pending items were sent. */
  send(count: number): void {
    if (!this.#isClosed) this.#sent += count;
  }

  /** So many pending items are lost, for a reason in a few words. */
  lose(count: number, reason: string): void {
    if (this.#isClosed || count === 0) return;
    this.#lost += count;
    const isTold = this.#losses.has(reason) || this.#losses.size < MAX_REASONS;
    const key = isTold ? reason : OTHER_REASONS;
    this.#losses.set(key, (this.#losses.get(key) ?? 0) + count);
  }

  /** So many pending items are dropped. */
  drop(count: number): void {
    if (!this.#isClosed) this.#dropped += count;
  }

  /** Closes the counts: what is still pending is lost, for that reason. */
  close(reason: string): void {
    this.lose(this.pending, reason);
    this.#isClosed = true;
  }

  /** The reason of all losses; if there are several, each with its share, the largest first. */
  lossReasons(): string {
    const reasons = [...this.#losses].sort(([, a], [, b]) => b - a);
    return reasons.length === 1
      ? reasons[0]![0]
      : reasons.map(([reason, count]) => `${reason} (${count})`).join(", ");
  }
}
