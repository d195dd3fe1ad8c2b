import type { Course, Step } from "../course/step.ts";
import type { Outcome } from "./outcome.ts";

/** A hint for what is wrong. */
export interface ChosenHint {
  /** What it is for: a broken link, or a condition with the reason why it isn't met. */
  key: string;
  text: string;
}

/** What is known about a step, as far as it was checked. */
export interface Situation {
  outcomes: Iterable<Outcome>;
  /** The first broken link between app and tool. */
  brokenLink?: string | undefined;
}

/**
 * The first hint for what is wrong that wasn't shown yet: for the broken link, then for the conditions in
 * their order. Undefined if the course has none, so that the general ones are next.
 */
export function chooseHint(
  { conditions }: Pick<Step, "conditions">,
  { hints }: Pick<Course, "hints">,
  { outcomes, brokenLink }: Situation,
  shown: readonly Pick<ChosenHint, "key">[],
): ChosenHint | undefined {
  const known = new Map([...outcomes].map((outcome) => [outcome.id, outcome]));
  const fitting = [
    ...brokenLink !== undefined && Object.hasOwn(hints, brokenLink)
      ? [{ key: brokenLink, text: hints[brokenLink]! }]
      : [],
    ...conditions.flatMap(({ id, helps }) => {
      const { state, reason } = known.get(id) ?? {};
      const text = state === "passed" || reason === undefined ? undefined : helps?.[reason];
      return text === undefined ? [] : [{ key: `${id}, ${reason}`, text }];
    }),
  ];
  return fitting.find(({ key }) => shown.every((one) => one.key !== key));
}
