import type { GuideView } from "../../../../collector/api/guide.ts";
import type { Style } from "../../../terminal/style.ts";
import { keysLine } from "../keys_line.ts";
import { line, piece, wrap } from "../line.ts";
import type { Canvas, DiffLine, Page, PageKind, Pressed, Ui } from "../ui.ts";

/** What stands before a line of each kind, and how it stands out. */
export const DIFF_SIGNS: Record<DiffLine["kind"], readonly [sign: string, style?: Style]> = {
  same: ["  "],
  added: ["+ ", "green"],
  removed: ["- ", "red"],
  gap: ["  ", "grey"],
};

/** What the step changes in the app's code. */
export const DIFF_PAGE: PageKind = { draw, press };

function draw({ step }: GuideView, ui: Ui, { columns }: Canvas): Page {
  const [from, to] = step.diff ?? ["", ""];
  const diff = ui.diff ?? [];
  const added = diff.filter(({ kind }) => kind === "added").length;
  const removed = diff.filter(({ kind }) => kind === "removed").length;
  return {
    head: line(` From ${from} to ${to}: +${added} -${removed} lines`, "bold"),
    lines: diff.length === 0 ? [line(" Nothing differs")] : diff.flatMap(({ kind, text }) => {
      const [sign, style] = DIFF_SIGNS[kind];
      const code = text.trimStart();
      const indent = text.slice(0, text.length - code.length).replaceAll("\t", "  ").length;
      return wrap([piece(` ${sign}${" ".repeat(indent)}`, style), piece(code, style)], columns, {
        rest: sign.length + 1 + indent + 2,
      });
    }),
    foot: [keysLine([["↑↓", "scroll"], ["Space", "on"], ["Esc", "back"], ["q", "quit"]], columns)],
  };
}

function press(key: string, _view: GuideView, ui: Ui): Pressed | undefined {
  return key === "d" ? { ui: { ...ui, page: "step", scroll: 0 } } : undefined;
}
