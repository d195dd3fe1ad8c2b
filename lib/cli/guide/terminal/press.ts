import type { GuideView } from "../../../guests/guide.ts";
import { type Extent, PAGES } from "./frame.ts";
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

/** The first visible line after a key; undefined if the key does not scroll. */
function scrolled(key: string, { first, shown, total }: Extent): number | undefined {
  const end = Math.max(total - shown, 0);
  // One line of the previous page stays visible.
  const page = Math.max(shown - 1, 1);
  switch (key) {
    case "up":
    case "k":
      return Math.max(first - 1, 0);
    case "down":
    case "j":
      return Math.min(first + 1, end);
    case "pageup":
      return Math.max(first - page, 0);
    case "pagedown":
    case "space":
      return Math.min(first + page, end);
    case "home":
      return 0;
    case "end":
      return end;
  }
  return undefined;
}

/**
 * How a change of the guide changes the view. It scrolls to what the learner requested, but not to
 * what appears automatically, such as the answer: the learner might be reading.
 */
export function follow(ui: Ui, before: GuideView, after: GuideView): Ui {
  if (before.step.id !== after.step.id) {
    return { ...ui, page: "step", scroll: 0, asks: undefined, diff: undefined, note: "" };
  }
  if (ui.page !== "step") return ui;
  if (after.hints.length > before.hints.length) return { ...ui, scroll: "hints" };
  if ((after.solution?.lines.length ?? 0) > (before.solution?.lines.length ?? 0)) {
    return { ...ui, scroll: "solution" };
  }
  return ui;
}
