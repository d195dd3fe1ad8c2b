import { writeText } from "../output.ts";
import { widthOf } from "../terminal/text.ts";

/** Switches to the alternate screen, hides the cursor, and marks pasted text. */
const ENTER = "\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[2J";
const LEAVE = "\x1b[?2004l\x1b[?25h\x1b[?1049l";
const CLEAR = "\x1b[2J";

/** The terminal while a view fills it. */
export interface Screen extends Disposable {
  /** Shows the lines from the top, and writes only changes; false if the terminal is gone. */
  draw(lines: readonly string[], columns: number): boolean;
  /** Forgets the shown lines, so that everything is redrawn. */
  clear(): void;
  /** Enters the screen again after the process was stopped. */
  enter(): void;
}

/** Takes over the terminal, and restores it when disposed, or when the process ends. */
export function openScreen(write = (text: string) => writeText(Deno.stdout, text)): Screen {
  let shown: string[] = [];
  let isClear = false;
  let isOpen = true;

  function enter(): void {
    write(ENTER);
    shown = [];
  }

  function leave(): void {
    if (!isOpen) return;
    isOpen = false;
    for (const event of ENDS) globalThis.removeEventListener(event, leave);
    write(LEAVE);
  }

  // Otherwise, an uncaught error or a forced end would not restore the terminal.
  for (const event of ENDS) globalThis.addEventListener(event, leave);
  enter();
  return {
    draw(lines, columns) {
      if (!isOpen) return false;
      const changes = isClear ? [CLEAR] : [];
      isClear = false;
      for (const [row, text] of lines.entries()) {
        if (text === shown[row]) continue;
        // After a full line, the cursor is still on its last column, which erasing from there would delete.
        const rest = widthOf(text) < columns ? "\x1b[K" : "";
        changes.push(`\x1b[${row + 1};1H${text}${rest}`);
      }
      if (lines.length < shown.length) changes.push(`\x1b[${lines.length + 1};1H\x1b[J`);
      shown = [...lines];
      return changes.length === 0 || write(changes.join(""));
    },
    clear() {
      shown = [];
      isClear = true;
    },
    enter,
    [Symbol.dispose]: leave,
  };
}

const ENDS = ["unload", "error", "unhandledrejection"] as const;
