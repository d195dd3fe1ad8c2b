import { useMemo } from "preact/hooks";
import type { TraceDetail } from "../../../collector/model.ts";
import { useKeys } from "../../state/keyboard.ts";
import { useNarrowView } from "../../state/narrow_view.ts";
import { useTitle } from "../../state/title.ts";
import { isSnapshot, navigate, place } from "../../state/place.ts";
import { findSpans } from "../../../trace/find.ts";
import { Splitter, usePaneSize } from "../../components/splitter.tsx";
import { closeSpan, firstToShow } from "./choose_span.ts";
import { CompareWith } from "./compare_with.tsx";
import { criticalPath } from "../../../trace/critical_path.ts";
import { FlameView } from "./flame_view.tsx";
import { Hints } from "./hints.tsx";
import { RawView } from "./raw_view.tsx";
import { SequenceView } from "./sequence_view.tsx";
import { SpanDetail } from "./span_detail.tsx";
import { useSpanPointer } from "./span_pointer.ts";
import { readTrace } from "../../../trace/spans.ts";
import { TraceLogs } from "./trace_logs.tsx";
import { TraceHead } from "./trace_head.tsx";
import { buildTree, longestTree } from "../../../trace/tree.ts";
import { Waterfall } from "./waterfall.tsx";

/** Up to this width, there is no room for a span beside the waterfall, as in trace.css. */
const NARROW_PIXELS = 900;
/** In a trace of so few spans, there is room for the details of one from the start. */
const MOST_TO_SHOW_FIRST = 5;

/** One trace: its summary, its spans in one of several views, and the selected span beside them. */
export function TracePage({ trace: detail }: { trace: TraceDetail }) {
  useTitle(detail.summary.root.name || "Trace");
  const trace = useMemo(() => readTrace(detail.data), [detail]);
  const roots = useMemo(() => buildTree(trace.spans), [trace]);
  const path = useMemo(() => criticalPath(longestTree(roots)), [roots]);
  const { params } = place.value;
  const view = params.get("view") ?? "waterfall";
  const named = params.get("span");
  const isNarrow = useNarrowView(NARROW_PIXELS);
  const first = useMemo(() => firstToShow(roots), [roots]);
  const chosen = named !== null
    ? trace.spans.find(({ spanId }) => spanId === named)
    : !isNarrow && view === "waterfall" && trace.spans.length <= MOST_TO_SHOW_FIRST
    ? first
    : undefined;
  const text = params.get("find") ?? "";
  const found = useMemo(() => findSpans(trace, roots, text), [roots, text]);
  const pointer = useSpanPointer();
  const detailSize = usePaneSize(isNarrow ? "trace.detail.narrow" : "trace.detail", {
    least: 20,
    most: 80,
    initial: isNarrow ? 60 : 33,
  });
  useKeys({
    Escape: () => {
      if (named !== null && chosen) closeSpan();
      else if (!isSnapshot.value) navigate("/traces");
    },
  });
  return (
    <div class={`trace${chosen ? " split" : ""}`}>
      <TraceHead
        detail={detail}
        trace={trace}
        roots={roots}
        path={path}
        view={view}
        found={found}
        pointer={pointer}
      />
      <Hints hints={detail.hints} />
      <div class="trace-body" style={{ "--detail": `${detailSize.percent}%` }}>
        <div class="trace-main">
          {view === "flame"
            ? <FlameView roots={roots} />
            : view === "sequence"
            ? <SequenceView roots={roots} />
            : view === "raw"
            ? <RawView data={detail.data} />
            : view === "compare"
            ? <CompareWith trace={detail.summary} />
            : view === "logs"
            ? <TraceLogs logs={detail.logs} />
            : (
              <Waterfall
                trace={trace}
                roots={roots}
                path={path}
                found={found}
                pointer={pointer}
                chosenId={chosen?.spanId}
              />
            )}
        </div>
        {chosen && (
          <>
            <Splitter
              label="Size of the details"
              pane={isNarrow ? "bottom" : "right"}
              size={detailSize}
            />
            <SpanDetail
              span={chosen}
              trace={trace}
              path={path}
              logs={detail.logs.filter(({ spanId }) => spanId === chosen.spanId)}
            />
          </>
        )}
      </div>
    </div>
  );
}
