import type { GuideView } from "../../../../guests/guide.ts";
import { keysLine } from "../keys_line.ts";
import { line, piece, wrap } from "../line.ts";
import type { Canvas, Page, PageKind, Pressed, Ui } from "../ui.ts";

const KEY_WIDTH = 12;

const KEYS: readonly [key: string, does: string][] = [
  ["n", "goes on to the next step"],
  ["b", "goes back to the step before"],
  ["c", "checks the step now, and waits for what may still arrive"],
  ["h", "shows a hint: a question first, then where to look, then the exact change"],
  ["a", "answers the questions of the step"],
  ["d", "shows what the step changes in the app's code"],
  ["s", "does the step for you, once you confirm it"],
  ["l", "lists all steps, and goes to another"],
  ["r", "begins the step anew, once you confirm it"],
  ["q, Ctrl-C", "quits; your progress is kept"],
  ["↑ ↓, j k", "scroll by a line"],
  ["Space, PgDn", "scroll by a page"],
  ["PgUp", "scrolls back by a page"],
  ["Home, End", "scroll to the beginning and the end"],
  ["Esc", "goes back to the step from anywhere"],
];

/** What the keys do. */
export const HELP_PAGE: PageKind = { draw, press };

function draw(_view: GuideView, _ui: Ui, { columns }: Canvas): Page {
  return {
    head: line(" Keys", "bold"),
    lines: [
      ...KEYS.flatMap(([key, does]) =>
        wrap([piece(` ${key.padEnd(KEY_WIDTH)} `, "bold"), piece(does)], columns - 1, {
          rest: KEY_WIDTH + 2,
        })
      ),
      [],
      ...wrap(
        line("The guide looks by itself whenever telemetry arrives; --plain prints lines instead."),
        columns - 1,
        { first: 1 },
      ),
    ],
    foot: [keysLine([["Esc", "back"], ["q", "quit"]], columns)],
  };
}

function press(key: string, _view: GuideView, ui: Ui): Pressed | undefined {
  return key === "?" ? { ui: { ...ui, page: "step", scroll: 0 } } : undefined;
}
