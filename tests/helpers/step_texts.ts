import type { Step } from "../../lib/workshop/course/step.ts";

/** Everything in a step that is for people. */
export function textsOf({ text, hints, question, answer, notes, conditions }: Step): string[] {
  return [
    ...[text, ...hints, question, answer, notes],
    ...conditions.flatMap(({ says, fails, helps = {} }) => [
      says,
      ...Object.values(fails),
      ...Object.values(helps),
    ]),
  ];
}
