import type { Summary, SummaryStep } from "./summary.ts";

/** The columns of the table of steps. */
export const COLUMNS = ["no.", "step", "state", "minutes", "hints"] as const;

/** The cells of a step's row. */
export function cells(step: SummaryStep): string[] {
  const { number, title, state, plannedMinutes, hintsUsed, isSolved } = step;
  const usedMinutes = step.usedMinutes ?? (state === "not begun" ? 0 : undefined);
  return [
    number,
    title,
    state,
    `${usedMinutes === undefined ? "?" : Math.round(usedMinutes)} of ${plannedMinutes}`,
    [...hintsUsed > 0 ? [hintsUsed] : [], ...isSolved ? ["solved"] : []].join(", "),
  ];
}

/** The facts before the table of a summary. */
export function facts({ at, learner, steps, usedMinutes, quiz }: Summary): string[] {
  const all = steps.filter(({ bonus }) => !bonus);
  const isPassed = ({ state }: SummaryStep) => state === "done" || state === "shown";
  const bonus = steps.filter((step) => step.bonus && isPassed(step)).length;
  return [
    ...learner === undefined ? [] : [learner],
    dateOf(at),
    `${all.filter(isPassed).length} of ${all.length} steps passed` +
    (bonus === 0 ? "" : `, and ${bonus} ${bonus === 1 ? "bonus step" : "bonus steps"}`),
    `${Math.round(usedMinutes)} minutes used`,
    ...quiz.asked === 0 ? [] : [
      `${quiz.right} of ${quiz.asked} questions answered correctly, ${quiz.atFirstTry} at the first try`,
    ],
  ];
}

/** Steps with known evidence. */
export function proven({ steps }: Summary): SummaryStep[] {
  return steps.filter(({ evidence }) => evidence.length > 0);
}

/** The meaning of the words in the table. */
export const LEGEND = [
  "done: with your own app",
  "shown: with the apps of otel-kit, or by the solution",
  "minutes: used, of planned",
  "solved: by applying the solution",
].join("; ");

/** The local time to the minute: `2026-01-05 09:30`. */
function dateOf(millis: number): string {
  // Swedish dates use the format of ISO 8601.
  return new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "short" })
    .format(millis);
}
