import type { GuideView } from "../../../../guests/guide.ts";
import { signed } from "../../../terminal/code_diff.ts";
import { DIFF_STYLES, diffTitle } from "../../../terminal/diff_report.ts";
import { keysLine } from "../../../screen/keys_line.ts";
import { line, piece, wrap } from "../../../screen/line.ts";
import type { Canvas, Page } from "../../../screen/page.ts";
import type { PageKind, Pressed, Ui } from "../ui.ts";

/** The changes from the learner's program to the solution. */
export const DIFF_PAGE: PageKind = { draw, press };

function draw(_view: GuideView, { diffs }: Ui, { columns }: Canvas): Page {
  return {
    head: line(` ${diffs.length === 1 ? diffTitle(diffs[0]!) : `${diffs.length} files`}`, "bold"),
    lines: diffs.flatMap((diff) => [
      ...diffs.length === 1 ? [] : [line(` ${diffTitle(diff)}`, "bold")],
      ...diff.lines.flatMap((changed) => {
        const text = ` ${signed(changed).replaceAll("\t", "  ")}`;
        const rest = /^ ?[-+ ] */.exec(text)![0].length + 2;
        return wrap([piece(text, DIFF_STYLES[changed.kind])], columns, { rest });
      }),
    ]),
    foot: [
      keysLine([["↑↓", "scroll"], ["Space", "next page"], ["Esc", "back"], ["q", "quit"]], columns),
    ],
  };
}

function press(key: string, _view: GuideView, ui: Ui): Pressed | undefined {
  return key === "d" ? { ui: { ...ui, page: "step", scroll: 0 } } : undefined;
}
