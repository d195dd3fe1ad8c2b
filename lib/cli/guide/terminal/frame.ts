import type { GuideView } from "../../../guests/guide.ts";
import { cut } from "../../terminal/text.ts";
import { drawn, type Line, line, textOf, widthOfLine, wrap } from "./line.ts";
import { DIFF_PAGE } from "./pages/diff.ts";
import { HELP_PAGE } from "./pages/help.ts";
import { LIST_PAGE } from "./pages/list.ts";
import { QUIZ_PAGE } from "./pages/quiz.ts";
import { STEP_PAGE } from "./pages/step.ts";
import type { Canvas, Page, PageKind, PageName, Ui } from "./ui.ts";

/** The minimum size of a useful view. */
const MIN_COLUMNS = 30;
const MIN_ROWS = 10;

/** The header, and a rule above and below the scrolling part. */
const FIXED_ROWS = 3;

export const PAGES: Record<PageName, PageKind> = {
  step: STEP_PAGE,
  list: LIST_PAGE,
  diff: DIFF_PAGE,
  quiz: QUIZ_PAGE,
  help: HELP_PAGE,
};

/** The whole screen, one text per row. None is wider than the terminal. */
export function frame(view: GuideView, ui: Ui, canvas: Canvas): string[] {
  const { columns, rows, isColored } = canvas;
  if (columns < MIN_COLUMNS || rows < MIN_ROWS) return tooSmall(canvas);
  const page = PAGES[ui.page].draw(view, ui, canvas);
  const { first, shown, total } = extentOf(page, ui, canvas);
  const below = total - first - shown;
  const middle = page.lines.slice(first, first + shown);
  const empty: Line[] = Array(shown - middle.length).fill([]);
  return [
    headOf(page, columns),
    rule("↑", first, columns),
    ...middle,
    ...empty,
    rule("↓", below, columns),
    ...page.foot,
  ].map((shown) => drawn(shown, isColored));
}

/** The visible part of a page, in lines. */
export interface Extent {
  first: number;
  shown: number;
  total: number;
}

/** The visible part of the current page. */
export function measure(view: GuideView, ui: Ui, canvas: Canvas): Extent {
  return extentOf(PAGES[ui.page].draw(view, ui, canvas), ui, canvas);
}

function extentOf(
  { lines, foot, sections, focus }: Page,
  { scroll }: Ui,
  { rows }: Canvas,
): Extent {
  const shown = Math.max(rows - FIXED_ROWS - foot.length, 1);
  const total = lines.length;
  const wanted = typeof scroll === "number" ? scroll : sections?.[scroll] ?? 0;
  let first = Math.max(0, Math.min(wanted, total - shown));
  // Some lines around the selection show its context.
  if (focus !== undefined) first = Math.max(0, Math.min(focus - (shown >> 1), total - shown));
  return { first, shown, total };
}

function headOf({ head }: Page, columns: number): Line {
  if (widthOfLine(head) <= columns) return head;
  const [first] = head;
  return line(cut(textOf(head), columns), first?.style);
}

/** A rule with the number of hidden lines beyond it. */
function rule(arrow: string, hidden: number, columns: number): Line {
  const mark = `${arrow} ${hidden} more ${hidden === 1 ? "line" : "lines"}`;
  return hidden <= 0
    ? line("─".repeat(columns), "grey")
    : line(`${"─".repeat(columns - mark.length - 4)} ${mark} ──`, "grey");
}

function tooSmall({ columns, rows, isColored }: Canvas): string[] {
  return wrap(line(`Needs ${MIN_COLUMNS}×${MIN_ROWS}, q quits`), columns)
    .slice(0, rows)
    .map((shown) => drawn(shown, isColored));
}
