import type { QuizCheck } from "../course/check.ts";
import { type Look, met, notMet } from "./outcome.ts";

/** Counts the questions that were answered correctly. */
export const lookAtQuiz: Look<QuizCheck> = ({ questions, correct }, { answers }) => {
  const right = questions.filter((id) => answers[id]).length;
  const text = `${right} of ${questions.length} answered correctly`;
  if (right >= correct) return Promise.resolve(met({ text }));
  const isOpen = questions.some((id) => answers[id] === undefined);
  const reason = isOpen ? "unanswered" : "too-few";
  return Promise.resolve(notMet(reason, `${text}; ${correct} required`));
};
