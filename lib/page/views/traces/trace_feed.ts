import type { TraceList, TraceSummary } from "../../../collector/model.ts";
import { appendTraces, updateTraces } from "./merge.ts";

/** How many traces are loaded at once. */
export const PAGE_LENGTH = 100;

/** The state of the trace list. */
export interface FeedState {
  traces: readonly TraceSummary[];
  /** The ids of traces that wait for a click, because the list is scrolled down or paused. */
  waiting: ReadonlySet<string>;
  matched: number;
  kept: number;
  error: Error | undefined;
  isLoading: boolean;
  hasOlder: boolean;
}

/** Before the first response. */
export const EMPTY: FeedState = {
  traces: [],
  waiting: new Set(),
  matched: 0,
  kept: 0,
  error: undefined,
  isLoading: true,
  hasOlder: false,
};

/** Options of {@linkcode TraceFeed}. */
export interface TraceFeedOptions {
  /** Loads {@linkcode PAGE_LENGTH} traces in the list's order: those below the given one, or from the top. */
  read: (before: string | undefined, signal: AbortSignal) => Promise<TraceList>;
  /** Shown until the first response: the traces of the previous filter. */
  shown?: FeedState;
  /** Whether the list may change its rows; called for each arrival. */
  isAtTop: () => boolean;
  onChange: (state: FeedState) => void;
}

/**
 * The traces of one filter and order without gaps. While it is at the top, the list is what the collector
 * returned last; scrolling makes it longer. A response is dropped if it no longer connects to the shown
 * traces.
 */
export class TraceFeed {
  readonly #options: TraceFeedOptions;
  #state: FeedState;
  /** Whether the shown traces belong to this filter. */
  #isOwn = false;
  /** Aborts loads for the current list once another replaces it. */
  #reading = new AbortController();
  /** Loads from the top, one after the other. */
  #fromTop: Promise<void> = Promise.resolve();
  #isOlderLoading = false;

  constructor(options: TraceFeedOptions) {
    this.#options = options;
    this.#state = options.shown ?? EMPTY;
  }

  /** Reloads the list from the top. */
  load(): Promise<void> {
    this.end();
    this.#reading = new AbortController();
    this.#isOlderLoading = false;
    this.#set({ isLoading: true });
    return this.#fromTop = this.#read(undefined, ({ traces, matched, kept }) => {
      const hasOlder = traces.length === PAGE_LENGTH;
      this.#isOwn = true;
      this.#set({ ...EMPTY, traces, matched, kept, isLoading: false, hasOlder });
    });
  }

  /** Loads what arrived on top. The collector applies the filter, so that both agree. */
  refresh(): Promise<void> {
    const { signal } = this.#reading;
    return this.#fromTop = this.#fromTop.then(() =>
      // Reloading the list also loads what is new.
      signal.aborted ? undefined : this.#read(undefined, ({ traces, matched, kept }) => {
        this.#set({ matched, kept, error: undefined });
        this.#arrive(traces);
      })
    );
  }

  /** Loads the next older ones, if there are any. */
  async loadOlder(): Promise<void> {
    const { traces, hasOlder, isLoading } = this.#state;
    const last = traces.at(-1)?.traceId;
    if (this.#isOlderLoading || isLoading || !hasOlder || last === undefined) return;
    this.#isOlderLoading = true;
    const { signal } = this.#reading;
    await this.#read(last, ({ traces: older }) => {
      const { traces } = this.#state;
      // The list may have been truncated in the meantime: then these no longer connect to it.
      if (traces.at(-1)?.traceId !== last) return;
      this.#set({ traces: appendTraces(traces, older), hasOlder: older.length === PAGE_LENGTH });
    });
    if (!signal.aborted) this.#isOlderLoading = false;
  }

  /** Aborts loading. */
  end(): void {
    this.#reading.abort();
  }

  async #read(before: string | undefined, take: (list: TraceList) => void): Promise<void> {
    const { signal } = this.#reading;
    try {
      const list = await this.#options.read(before, signal);
      if (!signal.aborted) take(list);
    } catch (error) {
      if (signal.aborted) return;
      this.#set({
        ...!this.#isOwn && EMPTY,
        error: error instanceof Error ? error : new Error(String(error)),
        isLoading: false,
      });
    }
  }

  #arrive(arrived: readonly TraceSummary[]): void {
    const { traces, waiting } = this.#state;
    const known = new Set(traces.map(({ traceId }) => traceId));
    const fresh = arrived.filter(({ traceId }) => !known.has(traceId));
    if (!this.#options.isAtTop() || waiting.size > 0) {
      const ids = fresh.map(({ traceId }) => traceId);
      this.#set({ traces: updateTraces(traces, arrived), waiting: new Set([...waiting, ...ids]) });
    } else {
      this.#set({ traces: arrived, hasOlder: arrived.length === PAGE_LENGTH });
    }
  }

  #set(change: Partial<FeedState>): void {
    this.#state = { ...this.#state, ...change };
    this.#options.onChange(this.#state);
  }
}
