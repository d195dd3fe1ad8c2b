import { useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { fetchTraces, type TraceSelection } from "../../api.ts";
import { useAging } from "../../state/aging.ts";
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

export interface LiveTracesOptions extends Pick<TraceSelection, "query" | "range" | "order"> {
  /** Whether the list may change its rows; called for each arrival. */
  isAtTop: () => boolean;
}

/** Loads the traces of a query in an order, and keeps them up to date. */
export function useLiveTraces({ isAtTop, ...selection }: LiveTracesOptions): LiveTraces {
  const state = useSignal(EMPTY);
  const latest = useRef(isAtTop);
  latest.current = isAtTop;
  const feed = useMemo(() =>
    new TraceFeed({
      read: (before, signal) => fetchTraces({ ...selection, limit: PAGE_LENGTH, before }, signal),
      shown: state.peek(),
      isAtTop: () => latest.current(),
      onChange: (changed) => state.value = changed,
    }), [JSON.stringify(selection)]);
  const refresh = useThrottled(() => feed.refresh(), REFRESH_MS);

  useEffect(() => {
    void feed.load();
    return () => feed.end();
  }, [feed]);
  useLive("traces", refresh);
  useAging(selection.range ?? {}, refresh);
  useLive("resync", () => void feed.load());

  return {
    ...state.value,
    loadOlder: () => void feed.loadOlder(),
    reload: () => void feed.load(),
  };
}
