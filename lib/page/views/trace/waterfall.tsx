import type { RefObject } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { Splitter, usePaneSize } from "../../components/splitter.tsx";
import { useVirtualRows } from "../../components/virtual_rows.ts";
import { useNarrowView } from "../../state/narrow_view.ts";
import { chooseSpan } from "./choose_span.ts";
import type { PathSegment } from "../../../trace/critical_path.ts";
import type { SpanRow } from "../../../trace/rows.ts";
import type { Trace, TraceSpan } from "../../../trace/spans.ts";
import type { TreeNode } from "../../../trace/tree.ts";
import { Minimap } from "./minimap.tsx";
import { useSpanCursor } from "./span_cursor.ts";
import type { SpanPointer } from "./span_pointer.ts";
import { SpanRowView } from "./span_row.tsx";
import { TimeAxis } from "./time_axis.tsx";
import { useTreeKeys, useTreeRows } from "./tree_rows.ts";
import { useTimeWindow, useZoomKeys, type Zoom } from "./use_time_window.ts";
import { wheelZoom } from "./wheel_zoom.ts";

const ROW_PIXELS = 26;
const NO_PATH: readonly PathSegment[] = [];
/** As in waterfall.css. */
const NARROW_PIXELS = 900;

/** Spans as a tree over time. */
export function Waterfall({ trace, roots, path, found, pointer, chosenId }: WaterfallProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const tree = useTreeRows(roots);
  const { rows } = tree;
  const zoom = useTimeWindow(trace.durationNanos);
  const virtual = useVirtualRows({ count: rows.length, rowHeightPixels: ROW_PIXELS, scroller });
  const cursor = useSpanCursor({ tree, scroller, reveal: virtual.reveal, chosenId, pointer });
  useTreeKeys(tree, cursor);
  useZoomKeys(zoom, rows[cursor.index]);
  useWheel(scroller, zoom);
  const segments = useMemo(() => Map.groupBy(path, ({ spanId }) => spanId), [path]);
  const foundIds = useMemo(() => new Set(found.map(({ spanId }) => spanId)), [found]);
  const names = useNamesPane();
  return (
    <>
      <Minimap trace={trace} path={path} found={found} zoom={zoom} />
      <div class="waterfall-frame" style={{ "--names": names.percent }}>
        <TimeAxis window={zoom.window} onPan={zoom.isWhole ? undefined : zoom.panBy} />
        <div
          ref={scroller}
          class="rows waterfall"
          role="treegrid"
          aria-label="Spans"
          aria-rowcount={rows.length}
          aria-activedescendant={rows[cursor.index] && `span-${cursor.index}`}
          tabIndex={0}
        >
          <div
            class="rows-inner"
            role="presentation"
            style={{ height: `${virtual.totalHeightPixels}px` }}
          >
            {virtual.items.map(({ index, start }) => {
              const row = rows[index];
              if (!row) return undefined;
              const { id, fold, node: { span } } = row;
              return (
                <SpanRowView
                  key={id}
                  row={row}
                  index={index}
                  top={start}
                  window={zoom.window}
                  path={pathOf(row, segments)}
                  isFound={isFound(row, foundIds)}
                  isSelected={id === chosenId || index === cursor.index}
                  onToggle={() => tree.setOpen(id, !row.isOpen)}
                  onChoose={() => {
                    cursor.move(index);
                    if (fold) tree.setOpen(id, !row.isOpen);
                    else if (span) chooseSpan(id);
                  }}
                />
              );
            })}
          </div>
        </div>
        <Splitter label="Width of the names" pane="left" size={names} />
      </div>
    </>
  );
}

export interface WaterfallProps {
  trace: Trace;
  roots: readonly TreeNode[];
  path: readonly PathSegment[];
  /** The spans that the search found. */
  found: readonly TraceSpan[];
  pointer: SpanPointer;
  /** The span whose details are shown. */
  chosenId: string | undefined;
}

function useNamesPane() {
  const isNarrow = useNarrowView(NARROW_PIXELS);
  return usePaneSize(isNarrow ? "trace.names.narrow" : "trace.names", {
    least: 10,
    most: 80,
    initial: isNarrow ? 46 : 30,
  });
}

/** With Ctrl pressed, the wheel zooms. */
function useWheel(scroller: RefObject<HTMLDivElement>, zoom: Zoom): void {
  useEffect(() => {
    const list = scroller.current!;
    const area = list.parentElement!.querySelector(".axis-marks")!;
    return wheelZoom(list, () => ({ zoom, shown: zoom.window, isWithCtrl: true, area }));
  });
}

function pathOf(
  { fold, node }: SpanRow,
  segments: ReadonlyMap<string, readonly PathSegment[]>,
): readonly PathSegment[] {
  if (!fold) return segments.get(node.spanId) ?? NO_PATH;
  return fold.nodes.flatMap(({ spanId }) => segments.get(spanId) ?? NO_PATH);
}

function isFound({ fold, isOpen, node }: SpanRow, foundIds: ReadonlySet<string>): boolean {
  if (!fold) return foundIds.has(node.spanId);
  return foundIds.size > 0 && !isOpen && fold.nodes.some(({ spanId }) => foundIds.has(spanId));
}
