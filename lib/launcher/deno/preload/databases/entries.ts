import type { RunningCall } from "./client_call.ts";

/** The part of the iterator from `list` of Deno KV that is used here. */
export interface Entries {
  next(): Promise<IteratorResult<unknown>>;
  return?: (value?: unknown) => Promise<IteratorResult<unknown>>;
}

/** A program that has not read for this long has stopped, if it does not report that. */
const PATIENCE_MS = 5_000;

/** Ends the spans that are still open when the program ends. */
const unfinished = new Set<() => void>();

let isUnloadWatched = false;

/**
 * Follows the reading of entries with a span. It starts when the first entry is requested, and ends with the
 * last one, or when a loop over the entries ends. A program that calls `next` itself may just stop: then the
 * span ends with the last entry that was read, which is noticed later, or when the program ends.
 *
 * @param start Starts the call that the span is for.
 */
export function followEntries(entries: Entries, start: () => RunningCall): Entries {
  const { next } = entries;
  const reading = new Reading(start);
  entries.next = async function () {
    reading.begin();
    try {
      const result = await next.call(this);
      if (result.done) reading.end((call) => call.end());
      else reading.pause();
      return result;
    } catch (error) {
      reading.end((call) => call.fail(error));
      throw error;
    }
  };
  entries.return = (value) => {
    reading.end((call) => call.end());
    return Promise.resolve({ done: true, value });
  };
  return entries;
}

/** One reading of entries, from the first request to the end. */
class Reading {
  readonly #start: () => RunningCall;
  #call: RunningCall | undefined;
  #isOver = false;
  /** Undefined while the program waits for an entry. */
  #pausedAt: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #abandon = () => this.end((call) => call.end(new Date(this.#pausedAt ?? Date.now())));

  constructor(start: () => RunningCall) {
    this.#start = start;
  }

  /** An entry is requested. */
  begin(): void {
    this.#pausedAt = undefined;
    if (this.#isOver || this.#call) return;
    this.#call = this.#start();
    unfinished.add(this.#abandon);
    watchUnload();
  }

  /** An entry was read, and the program may request another one. */
  pause(): void {
    this.#pausedAt = Date.now();
    if (!this.#isOver && this.#timer === undefined) this.#wait(PATIENCE_MS);
  }

  /** Only the first end counts. */
  end(finish: (call: RunningCall) => void): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#timer);
    unfinished.delete(this.#abandon);
    if (this.#call) finish(this.#call);
  }

  /** One timer serves all entries, so that reading many costs little. */
  #wait(millis: number): void {
    const timer = setTimeout(() => {
      const idle = this.#pausedAt === undefined ? 0 : Date.now() - this.#pausedAt;
      if (idle >= PATIENCE_MS) this.#abandon();
      else this.#wait(PATIENCE_MS - idle);
    }, millis);
    Deno.unrefTimer(timer);
    this.#timer = timer;
  }
}

function watchUnload(): void {
  if (isUnloadWatched) return;
  isUnloadWatched = true;
  globalThis.addEventListener("unload", () => unfinished.forEach((abandon) => abandon()));
}
