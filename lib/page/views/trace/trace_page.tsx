import { useMemo } from "preact/hooks";
import type { TraceDetail } from "../../../collector/model.ts";
import { useKeys } from "../../state/keyboard.ts";
import { useNarrowView } from "../../state/narrow_view.ts";
import { useTitle } from "../../state/title.ts";
import { isSnapshot, navigate, place } from "../../state/place.ts";
import { closeSpan, firstToShow } from "./choose_span.ts";
import { criticalPath } from "../../../trace/critical_path.ts";
import { FlameView } from "./flame_view.tsx";
import { Hints } from "./hints.tsx";
import { RawView } from "./raw_view.tsx";
import { SequenceView } from "./sequence_view.tsx";
import { SpanDetail } from "./span_detail.tsx";
import { readTrace } from "../../../trace/spans.ts";
import { TraceLogs } from "./trace_logs.tsx";
import { TraceHead } from "./trace_head.tsx";
import { buildTree, type TreeNode } from "../../../trace/tree.ts";
import { Waterfall } from "./waterfall.tsx";

/** Up to this width, there is no room for a span beside the waterfall, as in trace.css. */
const NARROW_PIXELS = 900;

/** One trace: its summary, its spans in one of several views, and the selected span beside them. */
export function TracePage({ trace: detail }: { trace: TraceDetail }) {
  useTitle(detail.summary.root.name || "Trace");
  const trace = useMemo(() => readTrace(detail.data), [detail]);
  const roots = useMemo(() => buildTree(trace.spans), [trace]);
  const path = useMemo(() => criticalPath(mainRoot(roots)), [roots]);
  const { params } = place.value;
  const view = params.get("view") ?? "waterfall";
  const named = params.get("span");
  const isNarrow = useNarrowView(NARROW_PIXELS);
  const first = useMemo(() => firstToShow(roots), [roots]);
  const chosen = named !== null
    ? trace.spans.find(({ spanId }) => spanId === named)
    : !isNarrow && view === "waterfall"
    ? first
    : undefined;
  useKeys({
    Escape: () => {
      if (named !== null && chosen) closeSpan();
      else if (!isSnapshot.value) navigate("/traces");
    },
  });
  return (
    <div class={`trace${chosen ? " split" : ""}`}>
      <TraceHead detail={detail} trace={trace} path={path} view={view} />
      <Hints hints={detail.hints} />
      <div class="trace-body">
        <div class="trace-main">
          {view === "flame"
            ? <FlameView roots={roots} />
            : view === "sequence"
            ? <SequenceView roots={roots} />
            : view === "raw"
            ? <RawView data={detail.data} />
            : view === "logs"
            ? <TraceLogs logs={detail.logs} />
            : <Waterfall trace={trace} roots={roots} path={path} chosenId={chosen?.spanId} />}
        </div>
        {chosen && (
          <SpanDetail
            span={chosen}
            trace={trace}
            path={path}
            logs={detail.logs.filter(({ spanId }) => spanId === chosen.spanId)}
          />
        )}
      </div>
    </div>
  );
}

/** The longest tree: nothing waited for the others. */
function mainRoot(roots: readonly TreeNode[]): TreeNode | undefined {
  return roots.toSorted((a, b) => b.durationNanos - a.durationNanos)[0];
}
