import type { TraceList, TraceSummary } from "../../../collector/model.ts";
import { appendTraces, mergeTraces, updateTraces } from "./merge.ts";

/** How many traces are read at once. */
export const PAGE_LENGTH = 100;
/** Longer lists lose their end while new traces come in on top; scrolling brings it back. */
export const MOST_LIVE = 2_000;

/** The trace list as it stands. */
export interface FeedState {
  traces: readonly TraceSummary[];
  /** The ids of those that wait for a click, because one does not stand at the top. */
  waiting: ReadonlySet<string>;
  matched: number;
  kept: number;
  error: Error | undefined;
  isLoading: boolean;
  hasOlder: boolean;
}

/** Before anything was read. */
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
  /** Reads {@linkcode PAGE_LENGTH} traces, the newest first: those below one, or from the top. */
  read: (before: string | undefined, signal: AbortSignal) => Promise<TraceList>;
  /** What is shown until the first answer: the traces of the filter before. */
  shown?: FeedState;
  /** Whether one stands at the top of the list; asked for each arrival. */
  isAtTop: () => boolean;
  onChange: (state: FeedState) => void;
}

/**
 * The traces of one filter without gaps, as they grow at both ends: an answer that would not join what
 * is shown by the time that it comes is dropped.
 */
export class TraceFeed {
  readonly #options: TraceFeedOptions;
  #state: FeedState;
  /** Whether what is shown is of this filter. */
  #isOwn = false;
  /** Ends what is read for the list as it stands, once another takes its place. */
  #reading = new AbortController();
  /** What is read from the top, one answer after the other. */
  #fromTop: Promise<void> = Promise.resolve();
  #isOlderLoading = false;

  constructor(options: TraceFeedOptions) {
    this.#options = options;
    this.#state = options.shown ?? EMPTY;
  }

  /** Reads the list anew, from the top. */
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

  /** Reads what came in on top. The collector decides what fits the filter, so that both agree. */
  refresh(): Promise<void> {
    const { signal } = this.#reading;
    return this.#fromTop = this.#fromTop.then(() =>
      // Who loads the list anew reads what is new, too.
      signal.aborted ? undefined : this.#read(undefined, ({ traces, matched, kept }) => {
        this.#set({ matched, kept, error: undefined });
        this.#arrive(traces);
      })
    );
  }

  /** Reads the next older ones, if there are any. */
  async loadOlder(): Promise<void> {
    const { traces, hasOlder, isLoading } = this.#state;
    const last = traces.at(-1)?.traceId;
    if (this.#isOlderLoading || isLoading || !hasOlder || last === undefined) return;
    this.#isOlderLoading = true;
    const { signal } = this.#reading;
    await this.#read(last, ({ traces: older }) => {
      const { traces } = this.#state;
      // The list may have lost its end meanwhile: these do not join it any more.
      if (traces.at(-1)?.traceId !== last) return;
      this.#set({ traces: appendTraces(traces, older), hasOlder: older.length === PAGE_LENGTH });
    });
    if (!signal.aborted) this.#isOlderLoading = false;
  }

  /** Drops what is being read. */
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
    } else if (fresh.length === PAGE_LENGTH) {
      // More came at once than was read: what lies between is read when one scrolls there.
      this.#set({ traces: arrived, hasOlder: true });
    } else {
      const all = mergeTraces(traces, arrived);
      const isCut = all.length > MOST_LIVE;
      this.#set({ traces: all.slice(0, MOST_LIVE), ...(isCut && { hasOlder: true }) });
    }
  }

  #set(change: Partial<FeedState>): void {
    this.#state = { ...this.#state, ...change };
    this.#options.onChange(this.#state);
  }
}
