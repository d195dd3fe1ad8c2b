import { useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { useRowCursor } from "../../components/row_cursor.ts";
import { useVirtualRows } from "../../components/virtual_rows.ts";
import { axisMarks, formatDuration } from "../../format/duration.ts";
import { useKeys } from "../../state/keyboard.ts";
import { chooseSpan } from "./choose_span.ts";
import type { PathSegment } from "./critical_path.ts";
import { visibleRows } from "./rows.ts";
import { SpanRowView } from "./span_row.tsx";
import type { Trace } from "./spans.ts";
import { type TreeNode, walk } from "./tree.ts";

const ROW_PIXELS = 26;
const MOST_MARKS = 5;

/** Spans as a tree over time. */
export function Waterfall({ trace, roots, path, chosenId }: WaterfallProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const collapsed = useSignal<ReadonlySet<string>>(new Set());
  const rows = useMemo(() => visibleRows(roots, collapsed.value), [roots, collapsed.value]);
  const virtual = useVirtualRows({ count: rows.length, rowHeightPixels: ROW_PIXELS, scroller });
  const cursor = useRowCursor({
    count: rows.length,
    list: scroller,
    onMove: (index) => {
      virtual.reveal(index);
      const node = rows[index]?.node;
      // The detail follows where it is shown; what is shown unasked does not get into the address.
      if (node?.span && ![undefined, node.spanId].includes(chosenId)) chooseSpan(node.spanId);
    },
    onOpen: (index) => {
      if (rows[index]?.node.span) chooseSpan(rows[index].node.spanId);
    },
  });
  const current = rows[cursor.index];

  useEffect(() => {
    if (chosenId === undefined || chosenId === current?.node.spanId) return;
    const index = rows.findIndex(({ node }) => node.spanId === chosenId);
    if (index >= 0) cursor.move(index);
  }, [chosenId]);

  const setCollapsed = (spanId: string, isCollapsed: boolean) => {
    const ids = new Set(collapsed.value);
    if (isCollapsed) ids.add(spanId);
    else ids.delete(spanId);
    collapsed.value = ids;
  };
  useKeys({
    ArrowRight: () => {
      if (!current || current.node.children.length === 0) return;
      if (collapsed.value.has(current.node.spanId)) setCollapsed(current.node.spanId, false);
      else cursor.move(cursor.index + 1);
    },
    ArrowLeft: () => {
      if (!current) return;
      const { spanId, children } = current.node;
      if (children.length > 0 && !collapsed.value.has(spanId)) setCollapsed(spanId, true);
      else if (current.parentIndex >= 0) cursor.move(current.parentIndex);
    },
    "*": () => {
      const parents = [...walk(roots)].filter(({ children }) => children.length > 0);
      collapsed.value = collapsed.value.size > 0
        ? new Set()
        : new Set(parents.map(({ spanId }) => spanId));
    },
  });

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
        aria-activedescendant={current && `span-${cursor.index}`}
        tabIndex={0}
      >
        <div
          class="rows-inner"
          role="presentation"
          style={{ height: `${virtual.totalHeightPixels}px` }}
        >
          {virtual.items.map(({ index, start }) => {
            const row = rows[index];
            return row && (
              <SpanRowView
                key={row.node.spanId}
                row={row}
                index={index}
                top={start}
                totalNanos={trace.durationNanos}
                path={segments.get(row.node.spanId) ?? []}
                isCollapsed={collapsed.value.has(row.node.spanId)}
                isSelected={row.node.spanId === chosenId || index === cursor.index}
                onToggle={() =>
                  setCollapsed(row.node.spanId, !collapsed.value.has(row.node.spanId))}
                onChoose={() => {
                  cursor.move(index);
                  if (row.node.span) chooseSpan(row.node.spanId);
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
  /** The span that is shown in detail. */
  chosenId: string | undefined;
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
