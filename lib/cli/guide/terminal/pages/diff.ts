import type { GuideView } from "../../../../guests/guide.ts";
import { countLines, signed } from "../../../terminal/code_diff.ts";
import { DIFF_STYLES } from "../../../terminal/diff_report.ts";
import { keysLine } from "../../../screen/keys_line.ts";
import { line, piece, wrap } from "../../../screen/line.ts";
import type { Canvas, Page } from "../../../screen/page.ts";
import type { PageKind, Pressed, Ui } from "../ui.ts";

/** The changes that the step makes to the app's code. */
export const DIFF_PAGE: PageKind = { draw, press };

function draw({ step }: GuideView, ui: Ui, { columns }: Canvas): Page {
  const [from, to] = step.diff ?? ["", ""];
  const diff = ui.diff ?? [];
  const added = countLines({ lines: diff }, "added");
  const removed = countLines({ lines: diff }, "removed");
  return {
    head: line(` From ${from} to ${to}: +${added} -${removed} lines`, "bold"),
    lines: diff.length === 0 ? [line(" Nothing differs")] : diff.flatMap((changed) => {
      const text = ` ${signed(changed).replaceAll("\t", "  ")}`;
      const rest = /^ ?[-+ ] */.exec(text)![0].length + 2;
      return wrap([piece(text, DIFF_STYLES[changed.kind])], columns, { rest });
    }),
    foot: [
      keysLine([["↑↓", "scroll"], ["Space", "next page"], ["Esc", "back"], ["q", "quit"]], columns),
    ],
  };
}

function press(key: string, _view: GuideView, ui: Ui): Pressed | undefined {
  return key === "d" ? { ui: { ...ui, page: "step", scroll: 0 } } : undefined;
}
