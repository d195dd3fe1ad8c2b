import type { GuideView } from "../../../../guests/guide.ts";
import { keysLine } from "../../../screen/keys_line.ts";
import { type Line, line, piece, wrap } from "../../../screen/line.ts";
import { inline, markdown } from "../markdown.ts";
import type { Canvas, Page } from "../../../screen/page.ts";
import type { PageKind, Pressed, Ui } from "../ui.ts";
import { oneLine } from "../../../terminal/text.ts";
import { readableWidth } from "./step_text.ts";

/** The questions of the step, one at a time; a digit answers. */
export const QUIZ_PAGE: PageKind = { draw, press };

function draw({ step: { quiz } }: GuideView, ui: Ui, { columns, isColored }: Canvas): Page {
  const paper = { width: readableWidth(columns), isColored };
  const question = quiz[ui.chosen] ?? quiz[0];
  const lines: Line[] = [];
  if (question) {
    const { asks, choices, isRight, why } = question;
    lines.push(
      ...markdown(asks, paper),
      [],
      ...choices.flatMap((choice, index) =>
        wrap(
          [piece(`${index + 1}  `, "bold"), ...inline(oneLine(choice), isColored)],
          paper.width,
          { first: 2, rest: 5 },
        )
      ),
    );
    if (isRight !== undefined) {
      const word = line(isRight ? "Right" : "Not right", isRight ? "green" : "red");
      lines.push([], word, ...why === undefined ? [] : markdown(why, paper));
    }
  }
  return {
    head: line(` Question ${ui.chosen + 1} of ${quiz.length}`, "bold"),
    lines: lines.map((shown) => [piece(" "), ...shown]),
    foot: [keysLine([
      [`1-${question?.choices.length ?? 1}`, "answer"],
      ...quiz.length > 1 ? [["←→", "other questions"] as const] : [],
      ["Esc", "back"],
      ["q", "quit"],
    ], columns)],
  };
}

function press(key: string, { step: { quiz } }: GuideView, ui: Ui): Pressed | undefined {
  const question = quiz[ui.chosen];
  switch (key) {
    case "right":
    case "return":
      return { ui: { ...ui, chosen: (ui.chosen + 1) % Math.max(quiz.length, 1), scroll: 0 } };
    case "left":
      return { ui: { ...ui, chosen: Math.max(ui.chosen - 1, 0), scroll: 0 } };
    case "a":
      return { ui: { ...ui, page: "step", scroll: 0 } };
  }
  if (!question || !/^[1-9]$/.test(key) || Number(key) > question.choices.length) return undefined;
  return { ui, effect: { act: { answer: { question: question.id, choice: Number(key) - 1 } } } };
}
