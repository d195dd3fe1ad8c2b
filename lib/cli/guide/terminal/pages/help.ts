import type { GuideView } from "../../../../guests/guide.ts";
import { keysLine } from "../../../screen/keys_line.ts";
import { line, piece, wrap } from "../../../screen/line.ts";
import type { Canvas, Page } from "../../../screen/page.ts";
import type { PageKind, Pressed, Ui } from "../ui.ts";

const KEY_WIDTH = 12;

const KEYS: readonly [key: string, does: string][] = [
  ["n", "Go to the next step"],
  ["b", "Go back to the previous step"],
  ["c", "Check the step again, and wait for telemetry on its way"],
  ["h", "Show a hint: first a question, then where to look, then the exact change"],
  ["a", "Answer the step's questions"],
  ["d", "Show what the step changes in the app's code"],
  ["s", "Apply the solution, after you confirm"],
  ["l", "List all steps, and go to one of them"],
  ["r", "Start the step over, after you confirm"],
  ["q, Ctrl-C", "Quit; your progress is saved"],
  ["↑ ↓, j k", "Scroll by a line"],
  ["Space, PgDn", "Scroll by a page"],
  ["PgUp", "Scroll back by a page"],
  ["Home, End", "Scroll to the beginning or the end"],
  ["Esc", "Go back to the step from any page"],
];

/** Explains the keys. */
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
        line(
          "The guide checks the step whenever telemetry arrives. To print line by line, use --plain.",
        ),
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
