import { withTerm } from "../../../query/terms.ts";
import { queryDurationText } from "../../../query/duration.ts";
import { fetchTracePoints } from "../../api.ts";
import { formatCount } from "../../format/number.ts";
import { useAging } from "../../state/aging.ts";
import { useLive } from "../../state/live.ts";
import { useLoaded } from "../../state/loaded.ts";
import { useNow } from "../../state/now.ts";
import { hrefWith, navigate } from "../../state/place.ts";
import { useThrottled } from "../../state/throttle.ts";
import { boundsOf, fixedRange, type TimeRange } from "../../state/time_range.ts";
import { clearedFilter, TERMS } from "./filter.ts";
import type { Selection } from "./scatter.ts";
import { Scatter } from "./scatter_view.tsx";

/** More dots would hide each other. */
const MOST_POINTS = 1000;
const REFRESH_MS = 1000;
const TICK_MS = 5000;

export interface TraceChartProps {
  query: string;
  range: TimeRange;
  isPaused: boolean;
}

/** The chart above the trace list. */
export function TraceChart({ query, range, isPaused }: TraceChartProps) {
  const loaded = useLoaded(
    JSON.stringify([query, range]),
    (signal) => fetchTracePoints({ query, range, limit: MOST_POINTS }, signal),
  );
  const refresh = useThrottled(loaded.reload, REFRESH_MS);
  useLive("traces", () => isPaused || refresh());
  useLive("resync", () => isPaused || refresh());
  useAging(range, () => isPaused || refresh());
  const nowMillis = useNow(TICK_MS);
  const { data } = loaded;
  return (
    <div class="trace-chart">
      {data && data.points.length > 0 && (
        <>
          <Scatter
            data={data}
            range={boundsOf(range, nowMillis)}
            nowMillis={nowMillis}
            onSelect={(selection) => select(query, selection)}
          />
          <p class="chart-hint" aria-hidden="true">
            {data.points.length < data.matched && `newest ${formatCount(data.points.length)}, `}
            drag to select time and duration
          </p>
        </>
      )}
    </div>
  );
}

/** Puts the selection into the query and the time range. */
function select(query: string, { fromMillis, toMillis, minNanos, maxNanos }: Selection): void {
  let changed = query;
  if (minNanos !== undefined) {
    changed = withTerm(changed, TERMS.minTrace, queryDurationText(minNanos, Math.floor));
  }
  if (maxNanos !== undefined) {
    changed = withTerm(changed, TERMS.maxTrace, queryDurationText(maxNanos, Math.ceil));
  }
  navigate(hrefWith({
    ...clearedFilter(),
    query: changed,
    ...fromMillis !== undefined && fixedRange(fromMillis, toMillis),
  }));
}
