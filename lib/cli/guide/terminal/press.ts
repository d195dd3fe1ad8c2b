import type { GuideView } from "../../../guests/guide.ts";
import { type Extent, scrolled } from "../../screen/page.ts";
import { PAGES } from "./frame.ts";
import type { Pressed, Ui } from "./ui.ts";

/** The effect of a key on any page. Unknown keys change nothing. */
export function press(key: string, view: GuideView, ui: Ui, extent: Extent): Pressed {
  if (key === "q" || key === "ctrl-c") return { ui, effect: { end: true } };
  const quiet = { ...ui, note: "" };
  const isBusy = view.busy !== undefined || ui.isActing;
  const pressed = PAGES[ui.page].press(key, view, quiet);
  if (pressed && isBusy && (pressed.effect || pressed.ui.asks)) {
    return { ui: { ...ui, note: "One thing at a time: wait until this is finished" } };
  }
  if (pressed) return pressed;
  if (key === "escape") return { ui: { ...quiet, page: "step", scroll: 0 } };
  const first = scrolled(key, extent);
  return first === undefined ? { ui } : { ui: { ...quiet, scroll: first } };
}

/**
 * How a change of the guide changes the view. It scrolls to what the learner requested, but not to
 * what appears automatically, such as the answer: the learner might be reading.
 */
export function follow(ui: Ui, before: GuideView, after: GuideView): Ui {
  if (before.step.id !== after.step.id) {
    return { ...ui, page: "step", scroll: 0, asks: undefined, diffs: [], note: "" };
  }
  if (ui.page !== "step") return ui;
  if (after.hints.length > before.hints.length) return { ...ui, scroll: "hints" };
  if ((after.solution?.lines.length ?? 0) > (before.solution?.lines.length ?? 0)) {
    return { ...ui, scroll: "solution" };
  }
  return ui;
}
