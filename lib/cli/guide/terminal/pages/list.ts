import type { GuideListedStep, GuideView } from "../../../../guests/guide.ts";
import { keysLine } from "../../../screen/keys_line.ts";
import { type Line, line, piece, wrap } from "../../../screen/line.ts";
import type { Canvas, Page } from "../../../screen/page.ts";
import type { PageKind, Pressed, Ui } from "../ui.ts";

/** The width of the longest state. */
const STATE_WIDTH = "shown".length;

/** All steps in their parts; the arrow keys select one. */
export const LIST_PAGE: PageKind = { draw, press };

function draw(view: GuideView, { chosen }: Ui, { columns }: Canvas): Page {
  const lines: Line[] = [];
  let part = "";
  let focus = 0;
  for (const [index, step] of view.steps.entries()) {
    if (step.part !== part) {
      if (part !== "") lines.push([]);
      lines.push(line(` ${part = step.part}`, "bold"));
    }
    if (index === chosen) focus = lines.length;
    lines.push(...stepLines(step, { view, isChosen: index === chosen, columns }));
  }
  return {
    head: line(` ${view.course}`, "bold"),
    lines,
    foot: [
      keysLine([["↑↓", "choose"], ["Enter", "go there"], ["Esc", "back"], ["q", "quit"]], columns),
    ],
    focus,
  };
}

function stepLines(
  step: GuideListedStep,
  { view, isChosen, columns }: { view: GuideView; isChosen: boolean; columns: number },
): Line[] {
  const state = listedState(step, view).padEnd(STATE_WIDTH);
  const start = ` ${isChosen ? ">" : " "} ${step.number.padStart(3)}  ${state}  `;
  const text = `${start}${step.title} (${step.minutes} min)`;
  return wrap([piece(text, isChosen ? "inverse" : undefined)], columns - 1, {
    rest: start.length,
  });
}

/** The state of a step in a word; the current one is `here`. */
export function listedState({ id, state }: GuideListedStep, { step }: GuideView): string {
  return id === step.id && state !== "done" && state !== "shown" ? "here" : state;
}

function press(key: string, { steps }: GuideView, ui: Ui): Pressed | undefined {
  switch (key) {
    case "up":
    case "k":
      return choose(ui.chosen - 1);
    case "down":
    case "j":
      return choose(ui.chosen + 1);
    case "home":
      return choose(0);
    case "end":
      return choose(steps.length - 1);
    case "return": {
      const step = steps[ui.chosen];
      const back: Ui = { ...ui, page: "step", scroll: 0 };
      return step && { ui: back, effect: { act: { goto: step.id } } };
    }
    case "l":
      return { ui: { ...ui, page: "step", scroll: 0 } };
  }
  return undefined;

  function choose(index: number): Pressed {
    return { ui: { ...ui, chosen: Math.max(0, Math.min(index, steps.length - 1)) } };
  }
}
