import { keysLine } from "../../screen/keys_line.ts";
import { line, wrap } from "../../screen/line.ts";
import type { Canvas, Page } from "../../screen/page.ts";
import { cut } from "../../terminal/text.ts";
import { logText } from "../log_text.ts";
import type { PageKind, Pressed, TopState } from "../state.ts";

/** The newest log records. */
export const LOGS_PAGE: PageKind = { draw, press };

function draw({ logs, isPaused, failure }: TopState, { columns, now }: Canvas): Page {
  return {
    head: line(` Log records, the newest first${isPaused ? "  paused" : ""}`, "bold"),
    lines: logs.length > 0
      ? logs.flatMap((log) => wrap(logText(log, now), columns - 1, { rest: 13 }))
      : [line(" No log record has arrived yet")],
    foot: [
      failure ? line(cut(` ${failure}`, columns), "yellow") : [],
      keysLine([
        ["↑↓", "scroll"],
        ["Space", isPaused ? "go on" : "pause"],
        ["Esc", "back"],
        ["q", "quit"],
        ["?", "help"],
      ], columns),
    ],
  };
}

function press(key: string, state: TopState): Pressed | undefined {
  switch (key) {
    case "escape":
    case "l":
      return { state: { ...state, page: "traces", scroll: 0 }, effect: { reload: true } };
    case "space":
      return { state: { ...state, isPaused: !state.isPaused }, effect: { reload: true } };
  }
  return undefined;
}
