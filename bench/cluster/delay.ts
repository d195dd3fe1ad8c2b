import { countSpans } from "./stored.ts";
import { DECISION_SECONDS } from "./decision.ts";
import { SPANS_PER_TRACE } from "../../tests/helpers/traces.ts";

const POLL_MS = 500;

/** Measures how long traces take until they can be read. */
export class DelayProbe {
  readonly #queryUrl: string;
  readonly #sent = new Map<string, number>();
  readonly #delays: number[] = [];
  readonly #loop: Promise<void>;
  #isOver = false;

  constructor(queryUrl: string) {
    this.#queryUrl = queryUrl;
    this.#loop = this.#run();
  }

  /** Follows a trace that is sent now and is to be kept. */
  follow(traceId: string): void {
    this.#sent.set(traceId, Date.now());
  }

  /** Ends the measurement: seconds of all followed traces that could be read, in ascending order. */
  async end(): Promise<number[]> {
    this.#isOver = true;
    await this.#loop;
    return this.#delays.toSorted((a, b) => a - b);
  }

  async #run(): Promise<void> {
    while (!this.#isOver) {
      for (const [traceId, sent] of [...this.#sent]) {
        // Earlier, asking would only cost CPU time.
        if (Date.now() - sent < DECISION_SECONDS * 1000) continue;
        if (await countSpans(this.#queryUrl, traceId) < SPANS_PER_TRACE) continue;
        this.#delays.push((Date.now() - sent) / 1000);
        this.#sent.delete(traceId);
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }
}
