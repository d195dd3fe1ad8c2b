import type { LearnerReport } from "./report.ts";

/** What the class knows about a learner: the last report, and times of the class's own clock. */
export interface ClassLearner extends LearnerReport {
  /** When the first report about this step arrived, in milliseconds since 1970. */
  stepSince: number;
  /** When the last report arrived. */
  seenAt: number;
}

/** A step, as the class shows it. */
export interface ClassStep {
  id: string;
  /** Its number in the course. */
  label: string;
  title: string;
  /** The planned time. */
  minutes: number;
}

/** Everything that the page and the terminal show. */
export interface ClassView {
  /** The course's title. */
  course: string;
  steps: ClassStep[];
  /** In the order of their names. */
  learners: ClassLearner[];
  maxLearners: number;
  /** The time of the class's clock, in milliseconds since 1970. */
  at: number;
}

/** A learner who has not been heard of for so long is away: a guide reports three times as often. */
export const AWAY_AFTER_MS = 60_000;

/** How a learner is doing. */
export type Standing = "away" | "stuck" | "working" | "shown" | "done";

/** How a learner is doing at a time of the class's clock. */
export function standingOf({ seenAt, state, link }: ClassLearner, now: number): Standing {
  if (now - seenAt >= AWAY_AFTER_MS) return "away";
  if (state !== "begun") return state;
  return link === undefined ? "working" : "stuck";
}

/** Those who may need help first: stuck for long, then longest at their step. */
export function byNeed(learners: readonly ClassLearner[], now: number): ClassLearner[] {
  const rank = (one: ClassLearner) => RANKS.indexOf(standingOf(one, now));
  return [...learners].sort((a, b) => rank(a) - rank(b) || a.stepSince - b.stepSince);
}

const RANKS: readonly Standing[] = ["stuck", "working", "shown", "done", "away"];

/** The number of learners in each standing, as in "12 learners: 3 stuck, 9 working". */
export function countStandings(learners: readonly ClassLearner[], now: number): string {
  const all = learners.map((one) => standingOf(one, now));
  const counts = RANKS.flatMap((standing) => {
    const count = all.filter((one) => one === standing).length;
    return count === 0 ? [] : [`${count} ${standing}`];
  });
  const learned = `${all.length} ${all.length === 1 ? "learner" : "learners"}`;
  return counts.length === 0 ? learned : `${learned}: ${counts.join(", ")}`;
}

/** A step's number and title; its ID if the course of the class doesn't have it. */
export function stepLabel({ steps }: Pick<ClassView, "steps">, id: string): string {
  const step = steps.find((one) => one.id === id);
  return step ? `${step.label} ${step.title}` : id;
}

/** A time span in whole minutes. */
export function formatMinutes(millis: number): string {
  const minutes = Math.max(0, Math.floor(millis / 60_000));
  return minutes === 0 ? "<1 min" : `${minutes} min`;
}
