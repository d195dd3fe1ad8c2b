import type { GuideView } from "../../../../guests/guide.ts";
import { oneLine } from "../../../terminal/text.ts";
import { type Line, line, piece, wrap } from "../../../screen/line.ts";
import { inline, markdown, type Paper } from "../markdown.ts";
import type { SectionName } from "../ui.ts";

/** Longer lines are hard to read, in columns. */
const MAX_WIDTH = 100;

/** The texts of a step, in the order in which they appear. */
export interface Section {
  name: SectionName;
  lines: Line[];
}

/** The width of texts in a terminal, with a column of space on both sides. */
export function readableWidth(columns: number): number {
  return Math.min(columns - 2, MAX_WIDTH);
}

/** Everything that there is to read in the step now. */
export function stepSections(view: GuideView, paper: Paper): Section[] {
  const { step, hints } = view;
  return [
    {
      name: "text" as const,
      lines: [...markdown(step.text, paper), ...placeLines(view, paper)],
    },
    ...step.quiz.length > 0 ? [questionsSection(view, paper)] : [],
    ...hints.length > 0
      ? [{
        name: "hints" as const,
        lines: hints.flatMap((hint, index) => [
          ...index > 0 ? [[]] : [],
          line(hint.title, "bold"),
          ...markdown(hint.text, paper),
        ]),
      }]
      : [],
    ...solutionSections(view, paper),
    ...view.answer === undefined ? [] : [
      titled("answer", step.question, markdown(view.answer, paper)),
    ],
  ];
}

function titled(name: SectionName, title: string, lines: Line[]): Section {
  return { name, lines: [line(title, "bold"), ...lines] };
}

/** Where to read more, and where else the step is shown. */
function placeLines({ step, pageUrl }: GuideView, { width }: Paper): Line[] {
  const places = [
    ...step.tutorial ? [`Tutorial: ${step.tutorial}`] : [],
    ...pageUrl ? [`In a browser: ${pageUrl}`] : [],
  ];
  return places.length === 0
    ? []
    : [[], ...places.flatMap((text) => wrap(line(text, "grey"), width))];
}

function questionsSection({ step: { quiz } }: GuideView, { width, isColored }: Paper): Section {
  const right = quiz.filter(({ isRight }) => isRight).length;
  const first = quiz.filter(({ isFirstRight }) => isFirstRight).length;
  const title = `${
    quiz.length === 1 ? "A question" : `${quiz.length} questions`
  }: press a to answer`;
  return titled("questions", `${title} (${right} right so far, ${first} at the first try)`, [
    ...quiz.flatMap(({ asks, isRight }, index) => {
      const mark = isRight === undefined ? "" : isRight ? "right: " : "wrong: ";
      return wrap([piece(`${index + 1}. ${mark}`), ...inline(oneLine(asks), isColored)], width, {
        first: 2,
        rest: 5,
      });
    }),
  ]);
}

function solutionSections({ solution }: GuideView, { width }: Paper): Section[] {
  if (!solution) return [];
  const title = {
    running: "Applying the solution",
    passed: "The solution was applied",
    failed: "The solution didn't pass the checks",
  }[solution.state];
  return [
    titled(
      "solution",
      title,
      solution.lines.flatMap((text) => wrap(line(text), width, { first: 2, rest: 4 })),
    ),
  ];
}
