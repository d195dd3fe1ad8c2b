import { useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useKeys } from "../state/keyboard.ts";

/** The row that the keyboard selects. */
export interface RowCursor {
  /** -1 if there is none. */
  index: number;
  move: (index: number) => void;
}

/** Moves through the rows of a list with j, k, arrows, Home and End; Enter opens. */
export function useRowCursor({ count, list, onMove, onOpen }: RowCursorOptions): RowCursor {
  const index = useSignal(-1);
  const move = (to: number) => {
    if (count === 0) return;
    index.value = Math.max(0, Math.min(count - 1, to));
    onMove(index.value);
  };
  const moveByKey = (to: number) => {
    move(to);
    // While the list has the focus, screen readers read the row that it marks as active.
    list.current?.focus({ preventScroll: true });
  };
  const next = () => moveByKey(index.peek() + 1);
  const previous = () => moveByKey(index.peek() - 1);
  useKeys({
    j: next,
    k: previous,
    ArrowDown: next,
    ArrowUp: previous,
    Home: () => moveByKey(0),
    End: () => moveByKey(count - 1),
    Enter: () => index.peek() >= 0 && onOpen(index.peek()),
  });
  return { index: Math.min(index.value, count - 1), move };
}

export interface RowCursorOptions {
  count: number;
  /** The element that holds the rows. */
  list: RefObject<HTMLElement>;
  /** Called with the new row, to scroll it into view. */
  onMove: (index: number) => void;
  onOpen: (index: number) => void;
}
