import * as v from "valibot";
import { HINT_COUNT } from "../course/hint_count.ts";

/** The format that this version reads and writes. */
export const FORMAT = 1;

/** Lists are objects, too, but not records. */
const map = v.custom<Record<string, unknown>>((value) => !Array.isArray(value));

const STEP = v.looseObject({
  /** When the learner began it, in milliseconds since 1970. */
  startedAt: v.exactOptional(v.number()),
  /** The values of counters at that time, by condition and series. */
  readings: v.optional(
    v.pipe(map, v.record(v.string(), v.pipe(map, v.record(v.string(), v.number())))),
    {},
  ),
  /** The responses that the learner showed to the guide. */
  seen: v.exactOptional(
    v.array(v.looseObject({ at: v.number(), status: v.number(), body: v.string() })),
  ),
  hintsShown: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(HINT_COUNT)), 0),
  /** Hints that were chosen by what was wrong, in the order in which they were shown. */
  hintsFor: v.exactOptional(v.array(v.looseObject({ key: v.string(), text: v.string() }))),
  /** Whether the solution was applied. */
  isSolved: v.optional(v.boolean(), false),
  done: v.exactOptional(v.looseObject({
    at: v.number(),
    /** `shown` is with the built-in apps, `done` with the learner's own. */
    how: v.picklist(["done", "shown"]),
    /** The proof, by condition. */
    evidence: v.pipe(
      map,
      v.record(
        v.string(),
        v.looseObject({
          text: v.string(),
          traceId: v.exactOptional(v.string()),
          requestTraceId: v.exactOptional(v.string()),
          series: v.exactOptional(v.string()),
          metric: v.exactOptional(v.string()),
          status: v.exactOptional(v.number()),
        }),
      ),
    ),
  })),
});

const COURSE = v.looseObject({
  /** The step that the learner is at. */
  current: v.exactOptional(v.string()),
  /** The learner's own folder, as last given. */
  folder: v.exactOptional(v.string()),
  steps: v.pipe(map, v.record(v.string(), STEP)),
  /** Which of them were right at the first try. */
  firstTries: v.exactOptional(v.pipe(map, v.record(v.string(), v.boolean()))),
  /** A random name, from which the order of choices follows. */
  learner: v.exactOptional(v.string()),
  /** How many test spans the guide has sent. */
  ownSpans: v.exactOptional(v.number()),
  /** Answered questions, and whether each answer was right. */
  answers: v.pipe(map, v.record(v.string(), v.boolean())),
});

/** The file. Courses and steps are stored by id, so inserted steps change nothing. */
export const PROGRESS = v.looseObject({
  format: v.literal(FORMAT),
  courses: v.pipe(map, v.record(v.string(), COURSE)),
});

export type StepProgress = v.InferOutput<typeof STEP>;
export type CourseProgress = v.InferOutput<typeof COURSE>;
export type Progress = v.InferOutput<typeof PROGRESS>;

/** The progress of a learner who has just started. */
export function noProgress(): Progress {
  return { format: FORMAT, courses: {} };
}

/** The progress in a course; created if it doesn't exist. */
export function courseProgress({ courses }: Progress, courseId: string): CourseProgress {
  return courses[courseId] ??= { steps: {}, answers: {} };
}

/** Notes an answer, and whether the first one was right. */
export function noteAnswer(progress: CourseProgress, question: string, isRight: boolean): void {
  progress.answers[question] = isRight;
  const firstTries = progress.firstTries ??= {};
  if (!Object.hasOwn(firstTries, question)) firstTries[question] = isRight;
}

/** The progress in a step; created if it doesn't exist. */
export function stepProgress({ steps }: CourseProgress, stepId: string): StepProgress {
  return steps[stepId] ??= { readings: {}, hintsShown: 0, isSolved: false };
}
