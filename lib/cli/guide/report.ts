import type { Outcome } from "../../workshop/conditions/outcome.ts";
import type { Course, Step } from "../../workshop/course/step.ts";
import type { Rung } from "../../workshop/ladder/rung.ts";
import type { CourseProgress, StepProgress } from "../../workshop/progress/progress.ts";
import { drawn } from "../screen/line.ts";
import { oneLine, paragraph } from "../terminal/text.ts";
import { stepNumber } from "./step_number.ts";
import { markdown, type Paper } from "./terminal/markdown.ts";

/** Words, not colors: they also work in a pipe and with a screen reader. */
export const CONDITION_WORDS = { passed: "ok", waiting: "wait", failed: "todo" } as const;
/** What is printed once, for people and pipes. */
const PAPER: Paper = { width: 80, isColored: false };
const WORD_WIDTH = 5;
const INDENT = 7;

/** The state of a step, in a word. */
export function stateOf(progress: StepProgress | undefined): "" | "begun" | "shown" | "done" {
  if (progress?.done) return progress.done.how;
  return progress?.startedAt === undefined ? "" : "begun";
}

/** All steps in their parts, the current one marked. */
export function listLines(
  { title, steps }: Course,
  progress: CourseProgress,
  current: Step,
): string[] {
  const lines = [title];
  let part = "";
  for (const step of steps) {
    if (step.part !== part) lines.push("", part = step.part);
    const state = stateOf(progress.steps[step.id]).padEnd(6);
    const mark = step === current ? ">" : " ";
    lines.push(
      `${mark} ${step.number.padStart(3)}  ${state} ${step.title} (${step.minutes} min)`,
    );
  }
  return lines;
}

/** The texts of a step. */
export function stepLines(step: Step, course: Course): string[] {
  return [
    heading(step, course),
    "",
    ...markdown(step.text, PAPER).map((shown) => drawn(shown, false)),
    "",
    "Checks:",
    ...step.conditions.map(({ says }) => `  - ${says}`),
    ...step.tutorial ? ["", `Tutorial: docs/tutorial/${step.tutorial}`] : [],
  ];
}

/** Number, title and time. */
export function heading({ number, title, minutes, bonus }: Step, { steps }: Course): string {
  const last = steps.findLast(({ bonus }) => !bonus)?.number ?? steps.at(-1)!.number;
  return `${stepNumber({ number, isBonus: bonus }, last)}  ${title}  (${minutes} min)`;
}

/** The result of each condition, with evidence or advice, and the first broken link. */
export function checkLines(outcomes: readonly Outcome[], rungs: readonly Rung[] = []): string[] {
  const broken = rungs.find(({ isWhole }) => !isWhole);
  return [
    ...outcomes.flatMap(outcomeLines),
    ...broken
      ? [
        "",
        `First broken link: ${broken.name}`,
        `  ${paragraph(broken.found, 2)}`,
        `  ${paragraph(broken.fix, 2)}`,
      ]
      : [],
  ];
}

function outcomeLines({ state, says, evidence, found, advice }: Outcome): string[] {
  const lines = [` ${CONDITION_WORDS[state].padEnd(WORD_WIDTH)} ${says}`];
  const pad = " ".repeat(INDENT);
  if (evidence) {
    const trace = evidence.traceId ? ` (trace ${evidence.traceId})` : "";
    lines.push(pad + paragraph(evidence.text + trace, INDENT));
  }
  if (found) lines.push(pad + paragraph(found, INDENT));
  if (advice && state !== "passed") {
    lines.push(pad + paragraph(oneLine(advice), INDENT));
  }
  return lines;
}
