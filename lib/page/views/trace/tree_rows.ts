import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import type { RowCursor } from "../../components/row_cursor.ts";
import { useKeys } from "../../state/keyboard.ts";
import { type SpanRow, visibleRows } from "./rows.ts";
import { type TreeNode, walk } from "../../../trace/tree.ts";

/** The rows of a tree with collapsible nodes. */
export interface TreeRows {
  rows: readonly SpanRow[];
  isCollapsed: (spanId: string) => boolean;
  setCollapsed: (spanId: string, isCollapsed: boolean) => void;
  /** Expands everything if anything is collapsed; otherwise shows only the roots. */
  toggleAll: () => void;
}

/** The rows of a tree with collapsible nodes; initially, everything is expanded. */
export function useTreeRows(roots: readonly TreeNode[]): TreeRows {
  const collapsed = useSignal<ReadonlySet<string>>(new Set());
  const rows = useMemo(() => visibleRows(roots, collapsed.value), [roots, collapsed.value]);
  return {
    rows,
    isCollapsed: (spanId) => collapsed.value.has(spanId),
    setCollapsed(spanId, isCollapsed) {
      const ids = new Set(collapsed.value);
      if (isCollapsed) ids.add(spanId);
      else ids.delete(spanId);
      collapsed.value = ids;
    },
    toggleAll() {
      const parents = [...walk(roots)].filter(({ children }) => children.length > 0);
      collapsed.value = collapsed.value.size > 0
        ? new Set()
        : new Set(parents.map(({ spanId }) => spanId));
    },
  };
}

/** Right expands a row or goes into it, left collapses it or goes to its parent, `*` does it for all. */
export function useTreeKeys(
  { rows, isCollapsed, setCollapsed, toggleAll }: TreeRows,
  cursor: RowCursor,
): void {
  const current = rows[cursor.index];
  useKeys({
    ArrowRight: () => {
      if (!current || current.node.children.length === 0) return;
      if (isCollapsed(current.node.spanId)) setCollapsed(current.node.spanId, false);
      else cursor.move(cursor.index + 1);
    },
    ArrowLeft: () => {
      if (!current) return;
      const { spanId, children } = current.node;
      if (children.length > 0 && !isCollapsed(spanId)) setCollapsed(spanId, true);
      else if (current.parentIndex >= 0) cursor.move(current.parentIndex);
    },
    "*": toggleAll,
  });
}
