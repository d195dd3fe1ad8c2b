/** How many traces are remembered: longer than anyone looks for one. */
const MAX_TRACES = 10_000;

/** As many digits as `otel-kit traces` needs, which are hard to guess. */
export const MIN_DIGITS = 8;

/** The traces that show the fault, so that a learner can prove an answer with one of them. */
export class Evidence {
  readonly #traceIds = new Set<string>();

  /** Remembers a trace. The oldest ones are forgotten. */
  add(traceId: string | undefined): void {
    if (traceId === undefined) return;
    this.#traceIds.add(traceId);
    if (this.#traceIds.size <= MAX_TRACES) return;
    for (const oldest of this.#traceIds) return void this.#traceIds.delete(oldest);
  }

  /** Whether a trace with this ID, or with an ID that begins so, shows the fault. */
  has(given: string): boolean {
    const id = given.trim().toLowerCase();
    if (id.length < MIN_DIGITS) return false;
    return this.#traceIds.has(id) || this.#traceIds.values().some((one) => one.startsWith(id));
  }
}
