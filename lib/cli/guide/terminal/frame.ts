import type { GuideView } from "../../../guests/guide.ts";
import { type Canvas, type Extent, extentOf, layOut } from "../../screen/page.ts";
import { DIFF_PAGE } from "./pages/diff.ts";
import { HELP_PAGE } from "./pages/help.ts";
import { LIST_PAGE } from "./pages/list.ts";
import { QUIZ_PAGE } from "./pages/quiz.ts";
import { STEP_PAGE } from "./pages/step.ts";
import type { PageKind, PageName, Ui } from "./ui.ts";

export const PAGES: Record<PageName, PageKind> = {
  step: STEP_PAGE,
  list: LIST_PAGE,
  diff: DIFF_PAGE,
  quiz: QUIZ_PAGE,
  help: HELP_PAGE,
};

/** The whole screen, one text per row. None is wider than the terminal. */
export function frame(view: GuideView, ui: Ui, canvas: Canvas): string[] {
  return layOut(PAGES[ui.page].draw(view, ui, canvas), ui.scroll, canvas);
}

/** The visible part of the current page. */
export function measure(view: GuideView, ui: Ui, canvas: Canvas): Extent {
  return extentOf(PAGES[ui.page].draw(view, ui, canvas), ui.scroll, canvas);
}
