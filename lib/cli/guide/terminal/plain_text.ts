import type { GuideQuestion, GuideView } from "../../../guests/guide.ts";
import { type CodeDiff, signed } from "../../terminal/code_diff.ts";
import { diffTitle } from "../../terminal/diff_report.ts";
import { PLAIN_WORDS } from "./commands.ts";
import { drawn, type Line, line, piece, wrap } from "../../screen/line.ts";
import { inline, markdown, type Paper } from "./markdown.ts";
import { listedState } from "./pages/list.ts";
import {
  brokenLinkLines,
  conditionLines,
  conditionsLines,
  passedText,
  waitingText,
} from "./pages/step_foot.ts";
import { stepNumber } from "../step_number.ts";
import { oneLine } from "../../terminal/text.ts";
import { stepSections } from "./pages/step_text.ts";

const PAPER: Paper = { width: 80, isColored: false };

/** The whole step. */
export function stepText(view: GuideView): string[] {
  return texts([
    heading(view),
    ...stepSections(view, PAPER).flatMap(({ lines }) => [[], ...lines]),
    [],
    ...conditionsLines(view, PAPER),
  ]);
}

/** The state of the step, without its text. */
export function standingText(view: GuideView): string[] {
  return texts([
    [...heading(view), piece(view.isPassed ? "  [passed]" : "  [not yet]")],
    ...conditionsLines(view, PAPER),
  ]);
}

/** What changed; nothing if only time passed. */
export function changesText(before: GuideView, after: GuideView, now: number): string[] {
  if (before.step.id !== after.step.id) return ["", ...stepText(after)];
  return [
    ...changedConditions(before, after),
    ...differs(before.brokenLink?.found, after.brokenLink?.found) ||
        differs(before.brokenLink?.fix, after.brokenLink?.fix)
      ? texts(brokenLinkLines(after, PAPER))
      : [],
    ...after.waiting && differs(before.waiting?.says, after.waiting.says)
      ? wrapped(waitingText(after.waiting, now))
      : [],
    ...after.hints.filter(({ title }) => before.hints.every((hint) => hint.title !== title))
      .flatMap(({ title, text }) => texts([line(`${title}:`), ...markdown(text, PAPER)])),
    ...changedSolution(before, after),
    ...after.step.quiz.flatMap((question, index) =>
      differs(before.step.quiz[index], question) ? verdict(question) : []
    ),
    ...after.problem !== undefined && after.problem !== before.problem
      ? wrapped(after.problem)
      : [],
    ...after.isPassed && !before.isPassed ? wrapped(passedText(after)) : [],
    ...after.answer !== undefined && before.answer === undefined
      ? texts([line(after.step.question), ...markdown(after.answer, PAPER)])
      : [],
  ];
}

/** All steps, each with its state in a word. */
export function listText(view: GuideView): string[] {
  let part = "";
  return texts(view.steps.flatMap((step) => {
    const { number, title, minutes } = step;
    const state = listedState(step, view).padEnd(5);
    const heads = step.part === part ? [] : [[], line(part = step.part)];
    return [
      ...heads,
      line(`  ${number.padStart(3)}  ${state}  ${title} (${minutes} min)`),
    ];
  }));
}

/** The questions of the step with their choices. */
export function questionsText({ step: { quiz } }: GuideView): string[] {
  if (quiz.length === 0) return ["This step has no questions"];
  return quiz.flatMap((question, index) => [
    ...texts(wrap([piece(`${index + 1}. `), ...inline(oneLine(question.asks), false)], 80)),
    ...texts(
      question.choices.flatMap((choice, number) =>
        wrap([piece(`${number + 1}  `), ...inline(oneLine(choice), false)], 80, {
          first: 5,
          rest: 8,
        })
      ),
    ),
    ...verdict(question),
  ]);
}

/** A diff, with signs for added and removed lines. */
export function diffText(diff: CodeDiff): string[] {
  return texts([line(diffTitle(diff)), ...diff.lines.map((changed) => line(signed(changed)))]);
}

/** The commands. */
export function wordsText(): string[] {
  return PLAIN_WORDS.flatMap(([letter, word, does]) =>
    texts(wrap(line(`${letter}  ${word.padEnd(8)}  ${does}`), 80, { rest: 13 }))
  );
}

/** A message on as many lines as it needs. */
export function wrapped(text: string): string[] {
  return texts(wrap(line(oneLine(text)), PAPER.width));
}

function heading({ step, lastNumber }: GuideView): Line {
  return line(`${stepNumber(step, lastNumber)}  ${step.title}  (${step.minutes} min)`);
}

function changedConditions(before: GuideView, after: GuideView): string[] {
  return after.conditions.flatMap((condition) => {
    const known = before.conditions.find(({ id }) => id === condition.id);
    return differs(known, condition) ? texts(conditionLines(condition, after, PAPER)) : [];
  });
}

function changedSolution({ solution: before }: GuideView, { solution }: GuideView): string[] {
  if (!solution) return [];
  const known = before && before.lines.length <= solution.lines.length ? before.lines.length : 0;
  return [
    ...solution.lines.slice(known).flatMap((text) =>
      texts(wrap(line(text), PAPER.width, { first: 2, rest: 4 }))
    ),
    ...solution.state === "failed" && before?.state !== "failed"
      ? ["The solution didn't pass the checks"]
      : [],
  ];
}

function verdict({ isRight, why }: GuideQuestion): string[] {
  if (isRight === undefined) return [];
  return texts(markdown(`${isRight ? "Right" : "Not right"}: ${oneLine(why ?? "")}`, PAPER));
}

function differs(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) !== JSON.stringify(b);
}

function texts(lines: readonly Line[]): string[] {
  return lines.map((shown) => drawn(shown, false));
}
