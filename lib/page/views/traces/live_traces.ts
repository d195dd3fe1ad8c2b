import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { TraceSummary } from "../../../collector/model.ts";
import { fetchTraces, type Params } from "../../api.ts";
import { useLive } from "../../state/live.ts";
import { throttle } from "../../state/throttle.ts";
import { appendTraces, mergeTraces, updateTraces } from "./merge.ts";

const PAGE_LENGTH = 100;
/** Longer lists lose their end while new traces come in on top; scrolling brings it back. */
const MOST_LIVE = 2_000;
/** The collector tells of changes as often; together a span is shown within 300 ms. */
const REFRESH_MS = 100;

/** The trace list as it grows at both ends. */
export interface LiveTraces {
  traces: TraceSummary[];
  /** The ids of those that wait for a click, because one does not stand at the top. */
  waiting: ReadonlySet<string>;
  matched: number;
  kept: number;
  error: Error | undefined;
  isLoading: boolean;
  /** Reads the next older ones, if there are any. */
  loadOlder: () => void;
  /** Reads the newest ones, and with them those that wait. */
  reload: () => void;
}

interface State extends Omit<LiveTraces, "loadOlder" | "reload"> {
  hasOlder: boolean;
}

const EMPTY: State = {
  traces: [],
  waiting: new Set(),
  matched: 0,
  kept: 0,
  error: undefined,
  isLoading: true,
  hasOlder: false,
};

/** Reads the traces of a filter, and follows what arrives; `isAtTop` is asked for each arrival. */
export function useLiveTraces(params: Params, isAtTop: () => boolean): LiveTraces {
  const key = JSON.stringify(params);
  const state = useSignal(EMPTY);
  const set = (change: Partial<State>) => state.value = { ...state.peek(), ...change };

  const list = useMemo(() => {
    let isOlderLoading = false;
    const controller = new AbortController();
    return { load, refresh: throttle(refresh, REFRESH_MS), loadOlder, controller };

    function read(extra: Params) {
      return fetchTraces({ ...params, limit: PAGE_LENGTH, ...extra }, controller.signal);
    }

    async function attempt(work: () => Promise<void>): Promise<void> {
      try {
        await work();
      } catch (error) {
        if (controller.signal.aborted) return;
        set({ error: error instanceof Error ? error : new Error(String(error)), isLoading: false });
      }
    }

    function load() {
      return attempt(async () => {
        set({ isLoading: true });
        const { traces, matched, kept } = await read({});
        const hasOlder = traces.length === PAGE_LENGTH;
        set({ ...EMPTY, traces, matched, kept, isLoading: false, hasOlder });
      });
    }

    function refresh() {
      return attempt(async () => {
        const { traces, matched, kept } = await read({});
        set({ matched, kept, error: undefined });
        arrive(traces);
      });
    }

    async function loadOlder() {
      const { traces, hasOlder } = state.peek();
      const last = traces.at(-1);
      if (isOlderLoading || !hasOlder || !last) return;
      isOlderLoading = true;
      await attempt(async () => {
        const older = (await read({ before: last.traceId })).traces;
        const all = appendTraces(state.peek().traces, older);
        set({ traces: all, hasOlder: older.length === PAGE_LENGTH });
      });
      isOlderLoading = false;
    }
  }, [key]);

  function arrive(arrived: readonly TraceSummary[]): void {
    const { traces, waiting } = state.peek();
    const known = new Set(traces.map(({ traceId }) => traceId));
    const fresh = arrived.filter(({ traceId }) => !known.has(traceId));
    if (!isAtTop() || waiting.size > 0) {
      const ids = fresh.map(({ traceId }) => traceId);
      set({ traces: updateTraces(traces, arrived), waiting: new Set([...waiting, ...ids]) });
    } else if (fresh.length === PAGE_LENGTH) {
      // More came at once than was read: what lies between is read when one scrolls there.
      set({ traces: [...arrived], hasOlder: true });
    } else {
      const all = mergeTraces(traces, arrived);
      const isCut = all.length > MOST_LIVE;
      set({ traces: all.slice(0, MOST_LIVE), ...(isCut && { hasOlder: true }) });
    }
  }

  useEffect(() => {
    void list.load();
    return () => list.controller.abort();
  }, [list]);
  // The collector decides what fits the filter, so that both always agree.
  useLive("traces", list.refresh);
  useLive("resync", () => void list.load());

  return {
    ...state.value,
    loadOlder: () => void list.loadOlder(),
    reload: () => void list.load(),
  };
}
