import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { fetchTraces } from "../../api.ts";
import { useLive } from "../../state/live.ts";
import { useThrottled } from "../../state/throttle.ts";
import { EMPTY, type FeedState, PAGE_LENGTH, TraceFeed } from "./trace_feed.ts";

/** The collector reports changes at the same interval; in total, a span is shown within 300 ms. */
const REFRESH_MS = 100;

/** The trace list, which grows at both ends. */
export interface LiveTraces extends FeedState {
  /** Loads the next older ones, if there are any. */
  loadOlder: () => void;
  /** Loads the newest ones, including those that are waiting. */
  reload: () => void;
}

/** Loads the traces of a query, and adds new ones; `isAtTop` is called for each arrival. */
export function useLiveTraces(query: string, isAtTop: () => boolean): LiveTraces {
  const state = useSignal(EMPTY);
  const feed = useMemo(() =>
    new TraceFeed({
      read: (before, signal) => fetchTraces({ query, limit: PAGE_LENGTH, before }, signal),
      shown: state.peek(),
      isAtTop,
      onChange: (changed) => state.value = changed,
    }), [query]);
  const refresh = useThrottled(() => feed.refresh(), REFRESH_MS);

  useEffect(() => {
    void feed.load();
    return () => feed.end();
  }, [feed]);
  useLive("traces", refresh);
  useLive("resync", () => void feed.load());

  return {
    ...state.value,
    loadOlder: () => void feed.loadOlder(),
    reload: () => void feed.load(),
  };
}
