import { keysLine } from "../../screen/keys_line.ts";
import { line, piece, wrap } from "../../screen/line.ts";
import type { Canvas, Page } from "../../screen/page.ts";
import type { PageKind, Pressed, TopState } from "../state.ts";

const KEY_WIDTH = 12;

/** The same keys as on the collector's page, where it has them. */
const KEYS: readonly [key: string, does: string][] = [
  ["↑ ↓, j k", "Choose a trace or a span, or scroll"],
  ["PgUp, PgDn", "Move by ten rows, or by a page"],
  ["Home, End", "Go to the first or the last row"],
  ["Enter", "Open the trace, then the details of the span"],
  ["Esc", "Go back; in the list, clear the query"],
  ["/", "Type a query, such as service:shop duration>100ms"],
  ["e", "Show failed traces only; in a trace, go to the next failed span"],
  ["← →", "Fold and unfold what is below a span"],
  ["*", "Fold or unfold everything"],
  ["l", "Show log records"],
  ["Space", "Pause, so that the list stands still, and go on"],
  ["q, Ctrl-C", "Quit"],
];

/** Explains the keys. */
export const HELP_PAGE: PageKind = { draw, press };

function draw(_state: TopState, { columns }: Canvas): Page {
  return {
    head: line(" Keys", "bold"),
    lines: KEYS.flatMap(([key, does]) =>
      wrap([piece(` ${key.padEnd(KEY_WIDTH)} `, "bold"), piece(does)], columns - 1, {
        rest: KEY_WIDTH + 2,
      })
    ),
    foot: [keysLine([["Esc", "back"], ["q", "quit"]], columns)],
  };
}

function press(key: string, state: TopState): Pressed | undefined {
  return key === "escape" || key === "?"
    ? { state: { ...state, page: state.before, scroll: 0 } }
    : undefined;
}
