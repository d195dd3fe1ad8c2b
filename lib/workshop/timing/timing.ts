import type { Course, Step } from "../course/step.ts";
import type { CourseProgress } from "../progress/progress.ts";

const MINUTE_MS = 60_000;

/** The time used for a step, and the planned time. */
export interface StepTiming {
  step: Step;
  /** In milliseconds since 1970; undefined if it hasn't begun. */
  startedAt?: number;
  /** Undefined if it hasn't begun, or its end is unknown. */
  usedMinutes?: number;
  /** Whether the clock of this step is running, because the learner is at it. */
  isRunning: boolean;
}

/** A learner's time compared with the plan. */
export interface CourseTiming {
  steps: StepTiming[];
  /** When the first step began, in milliseconds since 1970. */
  startedAt?: number;
  /**
   * The planned time from the first step that was begun to the learner's position. An unfinished
   * step counts no more than the time used for it.
   */
  plannedMinutes: number;
  /** The time spent in steps, each minute counted once; pauses between steps don't count. */
  usedMinutes: number;
  /** The planned time of the following steps, without bonus steps. */
  leftMinutes: number;
}

/** Compares the time that the steps took with the plan. */
export function courseTiming(
  course: Course,
  progress: CourseProgress,
  nowMillis: number,
): CourseTiming {
  const spans = course.steps.map((_, index) => spanOf(course, progress, index, nowMillis));
  const steps = course.steps.map((step, index): StepTiming => {
    const { startedAt } = progress.steps[step.id] ?? {};
    const span = spans[index];
    return {
      step,
      ...startedAt !== undefined && { startedAt },
      ...span && { usedMinutes: (span.end - span.start) / MINUTE_MS },
      isRunning: isRunning(course, progress, step),
    };
  });
  const starts = steps.flatMap(({ startedAt }) => startedAt ?? []);
  return {
    steps,
    ...starts.length > 0 && { startedAt: Math.min(...starts) },
    ...plan(course, progress, steps),
    usedMinutes: unionMillis(spans.filter((span) => span !== undefined)) / MINUTE_MS,
  };
}

/** A time from its start to its end, in milliseconds since 1970. */
interface TimeSpan {
  start: number;
  end: number;
}

function spanOf(
  course: Course,
  progress: CourseProgress,
  index: number,
  nowMillis: number,
): TimeSpan | undefined {
  const { steps } = progress;
  const step = course.steps[index]!;
  const { startedAt: start, done } = steps[step.id] ?? {};
  if (start === undefined) return undefined;
  const isSince = (time: number | undefined): time is number => time !== undefined && time >= start;
  if (isSince(done?.at)) {
    // Learners may later do a shown step themselves, which moves its time; the next step had begun
    // by then.
    const next = steps[course.steps[index + 1]?.id ?? ""]?.startedAt;
    return { start, end: isSince(next) ? Math.min(next, done.at) : done.at };
  }
  if (isRunning(course, progress, step)) {
    return { start, end: Math.max(start, nowMillis) };
  }
  const others = Object.entries(steps).flatMap(([id, { startedAt }]) =>
    id !== step.id && isSince(startedAt) ? [startedAt] : []
  );
  return others.length > 0 ? { start, end: Math.min(...others) } : undefined;
}

/** The clock of a step that is already done doesn't run. */
function isRunning(course: Course, progress: CourseProgress, { id }: Step): boolean {
  const { startedAt, done } = progress.steps[id] ?? {};
  return startedAt !== undefined && done === undefined && id === currentId(course, progress);
}

function currentId({ steps }: Course, { current }: CourseProgress): string {
  return steps.some(({ id }) => id === current) ? current! : steps[0]!.id;
}

function plan(course: Course, progress: CourseProgress, steps: readonly StepTiming[]) {
  const isDone = ({ id }: Step) => progress.steps[id]?.done !== undefined;
  const first = steps.findIndex(({ startedAt }) => startedAt !== undefined);
  const current = course.steps.findIndex(({ id }) => id === currentId(course, progress));
  const here = Math.max(current, course.steps.findLastIndex(isDone));
  let plannedMinutes = 0;
  let leftMinutes = 0;
  for (const [index, { step, startedAt, usedMinutes = 0 }] of steps.entries()) {
    if (step.bonus && startedAt === undefined) continue;
    if (index === here && !isDone(step)) {
      const given = Math.min(step.minutes, usedMinutes);
      plannedMinutes += given;
      leftMinutes += step.minutes - given;
    } else if (index > here) leftMinutes += step.minutes;
    else if (first >= 0 && index >= first) plannedMinutes += step.minutes;
  }
  return { plannedMinutes, leftMinutes };
}

/** The time that the spans cover together; overlaps count once. */
function unionMillis(spans: readonly TimeSpan[]): number {
  let total = 0;
  let until = -Infinity;
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    total += Math.max(0, end - Math.max(start, until));
    until = Math.max(until, end);
  }
  return total;
}
