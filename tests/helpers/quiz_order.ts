import { shuffledChoices } from "../../lib/workshop/course/shuffle.ts";

/** A learner who sees the choices of these questions in the order of the course's file. */
export function learnerInFileOrder(questionIds: readonly string[], choiceCount = 2): string {
  const choices = Array.from({ length: choiceCount }, (_, i) => ({
    text: String(i),
    right: i === 0,
    why: "",
  }));
  for (let i = 0;; i++) {
    const learner = `learner ${i}`;
    const isInOrder = (id: string) =>
      shuffledChoices({ id, topic: "", asks: "", choices }, learner)
        .every((choice, place) => choice === choices[place]);
    if (questionIds.every(isInOrder)) return learner;
  }
}
