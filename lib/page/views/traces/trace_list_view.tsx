import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { readTraceOrder, type TraceOrder } from "../../../query/trace_order.ts";
import { fetchHints } from "../../api.ts";
import { EmptyState, ErrorState, LoadingState } from "../../components/messages.tsx";
import { useRowCursor } from "../../components/row_cursor.ts";
import { useVirtualRows } from "../../components/virtual_rows.ts";
import { countOf, formatCount } from "../../format/number.ts";
import { useKeys } from "../../state/keyboard.ts";
import { useLive } from "../../state/live.ts";
import { useLoaded } from "../../state/loaded.ts";
import { useNarrowView } from "../../state/narrow_view.ts";
import { autoCommand, ownEndpoints, requestCommand } from "../../state/commands.ts";
import { hrefOf, navigate, place, traceHref } from "../../state/place.ts";
import { useThrottled } from "../../state/throttle.ts";
import { timeRangeOf } from "../../state/time_range.ts";
import { Hints } from "../trace/hints.tsx";
import { DEFAULT_ORDER, TraceHeadings } from "./columns.tsx";
import { FilterBar } from "./filter_bar.tsx";
import { queryOf, queryProblem } from "./filter.ts";
import { PickedTraces, togglePicked } from "./picked_traces.tsx";
import { QueryProblem } from "./query_problem.tsx";
import { type LiveTraces, useLiveTraces } from "./live_traces.ts";
import { TraceChart } from "./trace_chart.tsx";
import { TraceRow } from "./trace_row.tsx";

const ROW_PIXELS = 30;
const NARROW_ROW_PIXELS = 56;
const HEAD_PIXELS = 30;
/** Within this distance, the list counts as scrolled to the top. */
const TOP_PIXELS = 8;
const HINTS_MS = 2_000;

/** All traces as they arrive, the newest first or in another order. */
export function TraceListView() {
  const scroller = useRef<HTMLDivElement>(null);
  const { params } = place.value;
  const query = queryOf(params);
  const problem = queryProblem(query);
  const range = timeRangeOf(params);
  const order = readTraceOrder(params.get("sort") ?? "") ?? DEFAULT_ORDER;
  const isPaused = useSignal(false);
  const list = useLiveTraces({
    query: problem ? "" : query,
    range,
    order,
    isAtTop: () => !isPaused.value && (scroller.current?.scrollTop ?? 0) <= TOP_PIXELS,
  });
  const { traces, waiting } = list;
  const hints = useLoaded("hints", fetchHints);
  const reloadHints = useThrottled(hints.reload, HINTS_MS);
  useLive("traces", reloadHints);
  const services = new Set(traces.flatMap(({ services }) => services.map(({ name }) => name)));
  const names = new Set(traces.map(({ root }) => root.name));
  return (
    <>
      <h1 class="visually-hidden">Traces</h1>
      <FilterBar
        query={query}
        services={[...services].filter(Boolean).sort()}
        names={[...names].filter(Boolean).sort()}
        counts={problem ? "" : describeCounts(list)}
        isPaused={isPaused.value}
        onPause={() => {
          isPaused.value = !isPaused.value;
          if (!isPaused.value) list.reload();
        }}
      />
      {!problem && <TraceChart query={query} range={range} isPaused={isPaused.value} />}
      <Hints hints={hints.data ?? []} />
      {!problem && waiting.size > 0 && (
        <button
          type="button"
          class="news"
          onClick={() => {
            isPaused.value = false;
            scroller.current?.scrollTo(0, 0);
            list.reload();
          }}
        >
          {formatCount(waiting.size)} new
        </button>
      )}
      <PickedTraces />
      {problem
        ? <QueryProblem query={query} problem={problem} />
        : traces.length > 0
        ? <Rows list={list} order={order} scroller={scroller} />
        : <NoRows list={list} isFiltered={query !== "" || Object.keys(range).length > 0} />}
    </>
  );
}

interface RowsProps {
  list: LiveTraces;
  order: TraceOrder;
  scroller: { current: HTMLDivElement | null };
}

function Rows({ list: { traces, loadOlder }, order, scroller }: RowsProps) {
  const rowHeightPixels = useNarrowView(760) ? NARROW_ROW_PIXELS : ROW_PIXELS;
  const rows = useVirtualRows({
    count: traces.length,
    rowHeightPixels,
    headPixels: HEAD_PIXELS,
    scroller,
  });
  const cursor = useRowCursor({
    count: traces.length,
    list: scroller,
    onMove: rows.reveal,
    onOpen: (index) => navigate(traceHref(traces[index]!.traceId)),
  });
  useKeys({ x: () => cursor.index >= 0 && togglePicked(traces[cursor.index]!) });
  const known = useRef<Set<string>>();
  const before = known.current ?? new Set(traces.map(({ traceId }) => traceId));
  known.current = new Set([...before, ...traces.map(({ traceId }) => traceId)]);
  const longestNanos = Math.max(1, ...traces.map(({ durationNanos }) => durationNanos));
  return (
    <div
      ref={scroller}
      class="rows"
      role="grid"
      aria-label="Traces"
      aria-rowcount={traces.length + 1}
      aria-activedescendant={cursor.index >= 0 ? `trace-${cursor.index}` : undefined}
      tabIndex={0}
      onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
        if (scrollTop + 2 * clientHeight > scrollHeight) loadOlder();
      }}
    >
      <TraceHeadings order={order} />
      <div class="rows-inner" role="presentation" style={{ height: `${rows.totalHeightPixels}px` }}>
        {rows.items.map(({ index, start }) => {
          const trace = traces[index];
          return trace && (
            <TraceRow
              key={trace.traceId}
              trace={trace}
              index={index}
              isSelected={index === cursor.index}
              top={start - HEAD_PIXELS}
              longestNanos={longestNanos}
              isNew={!before.has(trace.traceId)}
            />
          );
        })}
      </div>
    </div>
  );
}

function NoRows({ list: { error, isLoading, kept, reload }, isFiltered }: NoRowsProps) {
  const { path } = place.value;
  if (error) return <ErrorState title="Cannot load traces" error={error} onRetry={reload} />;
  if (isLoading) return <LoadingState />;
  if (isFiltered) {
    return (
      <EmptyState title="No traces match">
        <p>{countOf(kept, "trace")} kept. Loosen the filter or the time range to see more.</p>
        <a class="button" href={hrefOf(path, {})}>Clear the filter</a>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="No traces yet"
      commands={[requestCommand(), autoCommand()]}
    >
      <p>
        This page shows traces the moment they come in. Send a request to an app that is
        instrumented, or start one that sends to {ownEndpoints().httpUrl}:
      </p>
    </EmptyState>
  );
}

interface NoRowsProps {
  list: LiveTraces;
  /** Whether there may be traces that do not match. */
  isFiltered: boolean;
}

function describeCounts({ traces, matched, kept, hasOlder }: LiveTraces): string {
  if (kept === 0) return "";
  const count = Math.max(matched, traces.length);
  // An expensive search stops counting once it has filled a page.
  const isAtLeast = hasOlder && matched <= traces.length && count < kept;
  return `${isAtLeast ? "at least " : ""}${formatCount(count)} of ${countOf(kept, "trace")}`;
}
