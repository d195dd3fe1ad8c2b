import { useMemo } from "preact/hooks";
import type { RowCursor } from "../../components/row_cursor.ts";
import {
  hasClosed,
  type OpenRows,
  type SpanRow,
  visibleRows,
  withRow,
  withSpanShown,
} from "../../../trace/rows.ts";
import type { TreeNode } from "../../../trace/tree.ts";
import { useKeys } from "../../state/keyboard.ts";
import { hrefWith, navigate, place } from "../../state/place.ts";
import { readOpenRows, writeOpenRows } from "./open_rows.ts";

/** The rows of a tree with folds and collapsible nodes. */
export interface TreeRows {
  rows: readonly SpanRow[];
  setOpen: (rowId: string, isToBeOpen: boolean) => void;
  /** Opens everything if anything is closed; otherwise shows only the roots. */
  toggleAll: () => void;
  /** Opens the rows that lead to a span. */
  showSpan: (spanId: string) => void;
}

/** The rows of a tree. Which of them are open is in the URL. */
export function useTreeRows(roots: readonly TreeNode[]): TreeRows {
  const text = place.value.params.get("rows");
  const open = useMemo(() => readOpenRows(text), [text]);
  const rows = useMemo(() => visibleRows(roots, open), [roots, open]);
  const set = (changed: OpenRows) => {
    if (changed === open) return;
    navigate(hrefWith({ rows: writeOpenRows(changed) }), { replace: true });
  };
  return {
    rows,
    setOpen: (rowId, isToBeOpen) => set(withRow(open, rowId, isToBeOpen)),
    toggleAll: () => set({ all: hasClosed(rows) ? "open" : "closed", changed: new Set() }),
    showSpan: (spanId) => set(withSpanShown(roots, open, spanId)),
  };
}

/** Right opens a row or goes into it, left closes it or goes to its parent, `*` does it for all. */
export function useTreeKeys({ rows, setOpen, toggleAll }: TreeRows, cursor: RowCursor): void {
  const current = rows[cursor.index];
  useKeys({
    ArrowRight: () => {
      if (!current?.isParent) return;
      if (current.isOpen) cursor.move(cursor.index + 1);
      else setOpen(current.id, true);
    },
    ArrowLeft: () => {
      if (!current) return;
      if (current.isParent && current.isOpen) setOpen(current.id, false);
      else if (current.parentIndex >= 0) cursor.move(current.parentIndex);
    },
    "*": toggleAll,
  });
}
