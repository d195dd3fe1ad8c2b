import type { GuideView } from "../../../../guests/guide.ts";
import { piece, spread } from "../../../screen/line.ts";
import type { Canvas, Page } from "../../../screen/page.ts";
import { stepNumber } from "../../step_number.ts";
import type { Effect, PageKind, Pressed, SectionName, Ui } from "../ui.ts";
import { conditionsLines, stepFoot } from "./step_foot.ts";
import { readableWidth, stepSections } from "./step_text.ts";

/** The current step: its text above, its checks below. */
export const STEP_PAGE: PageKind = { draw, press };

function draw(view: GuideView, ui: Ui, canvas: Canvas): Page<SectionName> {
  const { step, lastNumber } = view;
  const { lines: foot, isCut } = stepFoot(view, ui, canvas);
  const paper = { width: readableWidth(canvas.columns), isColored: canvas.isColored };
  const all = isCut ? [{ name: "all" as const, lines: conditionsLines(view, paper) }] : [];
  const lines: Page["lines"] = [];
  const sections: Partial<Record<SectionName, number>> = {};
  for (const section of [...stepSections(view, paper), ...all]) {
    if (lines.length > 0) lines.push([]);
    sections[section.name] = lines.length;
    lines.push(...section.lines.map((line) => [piece(" "), ...line]));
  }
  const minutes = piece(`${step.minutes} min `, "grey");
  // A part with only one step has the same name as the step.
  const part = step.part === step.title ? [] : [piece(`${step.part}, ${minutes.text}`, "grey")];
  return {
    head: spread(
      piece(` ${stepNumber(step, lastNumber)}  ${step.title}`, "bold"),
      [...part, minutes],
      canvas.columns,
    ),
    lines,
    foot,
    sections,
  };
}

function press(key: string, view: GuideView, ui: Ui): Pressed | undefined {
  const { step } = view;
  if (ui.asks) {
    const act = ui.asks;
    const answered = { ...ui, asks: undefined };
    if (key === "y") return acted(answered, { act: { do: act } });
    return { ui: { ...answered, note: key === "n" || key === "escape" ? "" : "Nothing was done" } };
  }
  switch (key) {
    case "n":
      return acted(ui, { act: { do: "next" } });
    case "b":
      return acted(ui, { act: { do: "back" } });
    case "c":
      return acted(ui, { act: { do: "check" } });
    case "h":
      return acted(ui, { act: { do: "hint" } });
    case "s":
      return { ui: { ...ui, asks: "solve" } };
    case "r":
      return { ui: { ...ui, asks: "reset" } };
    case "d":
      return step.hasDiff
        ? { ui, effect: { diff: step.id } }
        : { ui: { ...ui, note: "This step has no diff, because it changes no code" } };
    case "l":
      return opened(ui, "list", view.steps.findIndex(({ id }) => id === step.id));
    case "a":
      return step.quiz.length > 0
        ? opened(ui, "quiz", Math.max(step.quiz.findIndex(({ isRight }) => !isRight), 0))
        : { ui: { ...ui, note: "This step has no questions" } };
    case "?":
      return opened(ui, "help", 0);
  }
  return undefined;
}

function acted(ui: Ui, effect: Effect): Pressed {
  return { ui, effect };
}

function opened(ui: Ui, page: Ui["page"], chosen: number): Pressed {
  return { ui: { ...ui, page, chosen, scroll: 0 } };
}
