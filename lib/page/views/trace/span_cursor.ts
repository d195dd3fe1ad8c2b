import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { SpanRow } from "../../../trace/rows.ts";
import { type RowCursor, useRowCursor } from "../../components/row_cursor.ts";
import { chooseSpan } from "./choose_span.ts";
import type { SpanPointer } from "./span_pointer.ts";
import type { TreeRows } from "./tree_rows.ts";

export interface SpanCursorOptions {
  tree: TreeRows;
  scroller: RefObject<HTMLDivElement>;
  /** Scrolls a row into view. */
  reveal: (index: number) => void;
  /** The span whose details are shown. */
  chosenId: string | undefined;
  pointer: SpanPointer;
}

/**
 * The row that the keyboard selects: an open detail panel follows it, and Enter opens one, or a fold. Goes to
 * spans that are chosen or wanted elsewhere, and opens the rows that lead to them.
 */
export function useSpanCursor(
  { tree, scroller, reveal, chosenId, pointer }: SpanCursorOptions,
): RowCursor {
  const { rows } = tree;
  const cursor = useRowCursor({
    count: rows.length,
    list: scroller,
    onMove: (index) => {
      reveal(index);
      const spanId = idOf(rows[index]);
      pointer.current.value = spanId;
      // The detail panel follows if it is shown.
      if (spanId && ![undefined, spanId].includes(chosenId)) chooseSpan(spanId);
    },
    onOpen: (index) => {
      const row = rows[index];
      if (row?.fold) tree.setOpen(row.id, !row.isOpen);
      const spanId = idOf(row);
      if (spanId) chooseSpan(spanId);
    },
  });
  const goal = useRef<string>();
  const wanted = pointer.wanted.value;
  useEffect(() => {
    if (chosenId !== idOf(rows[cursor.index])) goal.current = chosenId;
  }, [chosenId]);
  useEffect(() => {
    if (wanted === undefined) return;
    goal.current = wanted;
    // Effects may run late, when another span is wanted already.
    if (pointer.wanted.peek() === wanted) pointer.wanted.value = undefined;
  }, [wanted]);
  useEffect(() => {
    if (goal.current === undefined) return;
    const index = rows.findIndex((row) => idOf(row) === goal.current);
    if (index < 0) return tree.showSpan(goal.current);
    goal.current = undefined;
    cursor.move(index);
  }, [rows, chosenId, wanted]);
  return cursor;
}

/** The id of the span in a row; undefined if it is a fold, or a missing parent. */
function idOf(row: SpanRow | undefined): string | undefined {
  return row?.fold ? undefined : row?.node.span?.spanId;
}
