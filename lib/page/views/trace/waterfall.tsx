import type { RefObject } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { type RowCursor, useRowCursor } from "../../components/row_cursor.ts";
import { useVirtualRows } from "../../components/virtual_rows.ts";
import { axisMarks, formatDuration } from "../../format/duration.ts";
import { chooseSpan } from "./choose_span.ts";
import type { PathSegment } from "../../../trace/critical_path.ts";
import type { SpanRow } from "./rows.ts";
import { SpanRowView } from "./span_row.tsx";
import type { Trace } from "../../../trace/spans.ts";
import type { TreeNode } from "../../../trace/tree.ts";
import { useTreeKeys, useTreeRows } from "./tree_rows.ts";

const ROW_PIXELS = 26;
const MOST_MARKS = 5;

/** Spans as a tree over time. */
export function Waterfall({ trace, roots, path, chosenId }: WaterfallProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const tree = useTreeRows(roots);
  const { rows, isCollapsed, setCollapsed } = tree;
  const virtual = useVirtualRows({ count: rows.length, rowHeightPixels: ROW_PIXELS, scroller });
  const cursor = useSpanCursor({ rows, scroller, reveal: virtual.reveal, chosenId });
  useTreeKeys(tree, cursor);
  const segments = useMemo(() => Map.groupBy(path, ({ spanId }) => spanId), [path]);
  return (
    <>
      <TimeAxis totalNanos={trace.durationNanos} />
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
            const { spanId, span } = row.node;
            return (
              <SpanRowView
                key={spanId}
                row={row}
                index={index}
                top={start}
                totalNanos={trace.durationNanos}
                path={segments.get(spanId) ?? []}
                isCollapsed={isCollapsed(spanId)}
                isSelected={spanId === chosenId || index === cursor.index}
                onToggle={() => setCollapsed(spanId, !isCollapsed(spanId))}
                onChoose={() => {
                  cursor.move(index);
                  if (span) chooseSpan(spanId);
                }}
              />
            );
          })}
        </div>
      </div>
    </>
  );
}

export interface WaterfallProps {
  trace: Trace;
  roots: readonly TreeNode[];
  path: readonly PathSegment[];
  /** The selected span. */
  chosenId: string | undefined;
}

interface SpanCursorOptions {
  rows: readonly SpanRow[];
  scroller: RefObject<HTMLDivElement>;
  /** Scrolls a row into view. */
  reveal: (index: number) => void;
  chosenId: string | undefined;
}

/** The row that the keyboard selects: an open detail panel follows it, and Enter opens one. */
function useSpanCursor({ rows, scroller, reveal, chosenId }: SpanCursorOptions): RowCursor {
  const cursor = useRowCursor({
    count: rows.length,
    list: scroller,
    onMove: (index) => {
      reveal(index);
      const node = rows[index]?.node;
      // The detail panel follows if it is shown; a span that is shown by default isn't in the URL.
      if (node?.span && ![undefined, node.spanId].includes(chosenId)) chooseSpan(node.spanId);
    },
    onOpen: (index) => {
      const node = rows[index]?.node;
      if (node?.span) chooseSpan(node.spanId);
    },
  });
  useEffect(() => {
    if (chosenId === undefined || chosenId === rows[cursor.index]?.node.spanId) return;
    const index = rows.findIndex(({ node }) => node.spanId === chosenId);
    if (index >= 0) cursor.move(index);
  }, [chosenId]);
  return cursor;
}

function TimeAxis({ totalNanos }: { totalNanos: number }) {
  return (
    <div class="axis" aria-hidden="true">
      <div class="axis-marks">
        {axisMarks(totalNanos, MOST_MARKS).map((nanos) => (
          <span key={nanos} style={{ left: `${totalNanos > 0 ? (nanos / totalNanos) * 100 : 0}%` }}>
            {nanos === 0 ? "0" : formatDuration(nanos)}
          </span>
        ))}
      </div>
    </div>
  );
}
