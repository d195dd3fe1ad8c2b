import { useSignal } from "@preact/signals";
import { useKeys } from "../state/keyboard.ts";

/** The row that the keyboard stands on. */
export interface RowCursor {
  /** -1 while it stands on none. */
  index: number;
  move: (index: number) => void;
}

/** Moves over the rows of a list with j, k, arrows, Home and End; Enter opens. */
export function useRowCursor({ count, onMove, onOpen }: RowCursorOptions): RowCursor {
  const index = useSignal(-1);
  const move = (to: number) => {
    if (count === 0) return;
    index.value = Math.max(0, Math.min(count - 1, to));
    onMove(index.value);
  };
  const next = () => move(index.peek() + 1);
  const previous = () => move(index.peek() - 1);
  useKeys({
    j: next,
    k: previous,
    ArrowDown: next,
    ArrowUp: previous,
    Home: () => move(0),
    End: () => move(count - 1),
    Enter: () => {
      // Enter on a link or button that has the focus is its own.
      const focused = document.activeElement;
      if (focused instanceof HTMLAnchorElement || focused instanceof HTMLButtonElement) {
        focused.click();
      } else if (index.peek() >= 0) onOpen(index.peek());
    },
  });
  return { index: Math.min(index.value, count - 1), move };
}

export interface RowCursorOptions {
  count: number;
  /** Called with the row that the cursor is on now, to bring it into sight. */
  onMove: (index: number) => void;
  onOpen: (index: number) => void;
}
