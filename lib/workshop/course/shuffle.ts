import type { Question } from "./step.ts";

/** A choice of a question, as a course describes it. */
export type Choice = Question["choices"][number];

/**
 * The choices of a question in the order in which one learner sees them. It is always the same for a learner,
 * so that numbers of choices can be typed, and differs between learners and questions.
 */
export function shuffledChoices({ id, choices }: Question, learner: string): Choice[] {
  return choices.map((choice, index) => ({ choice, rank: hash(`${learner} ${id} ${index}`) }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ choice }) => choice);
}

/** FNV-1a over UTF-16 units, and a final mix, so that texts that differ at their end rank independently. */
function hash(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
