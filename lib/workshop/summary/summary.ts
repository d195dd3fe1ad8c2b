import { replaceUnsafe } from "../../unsafe_text.ts";
import type { ArrivedSpan } from "../backends/jaeger.ts";
import type { Course } from "../course/step.ts";
import type { CourseProgress } from "../progress/progress.ts";
import { courseTiming } from "../timing/timing.ts";
import { traceLines } from "./trace_lines.ts";

const TRACE_ID = /^[0-9a-f]{32}$/;

/** The state of a step. */
export type StepState = "done" | "shown" | "begun" | "not begun";

/** The proof that a condition is met. */
export interface SummaryEvidence {
  /** The condition, in words. */
  says: string;
  /** What was found, in words. */
  text: string;
  /** In hexadecimal; undefined if no trace shows it. */
  traceId?: string;
  /** The trace as text, a line for each span; undefined if the backend no longer has it. */
  trace?: string[];
}

/** One step, and its result. */
export interface SummaryStep {
  number: string;
  id: string;
  title: string;
  bonus: boolean;
  state: StepState;
  /** Whether its solution was applied. */
  isSolved: boolean;
  plannedMinutes: number;
  /** Undefined if it hasn't begun, or its end is unknown. */
  usedMinutes?: number;
  /** Of three. */
  hintsUsed: number;
  evidence: SummaryEvidence[];
}

/** What a learner did in a course. */
export interface Summary {
  course: { id: string; title: string };
  /** The name that the learner gave. */
  learner?: string | undefined;
  /** When it was written, in milliseconds since 1970. */
  at: number;
  steps: SummaryStep[];
  usedMinutes: number;
  quiz: { right: number; atFirstTry: number; asked: number; questions: number };
}

/** Summarizes what was done in a course so far. */
export function summarize(
  course: Course,
  progress: CourseProgress,
  nowMillis: number,
  learner?: string,
): Summary {
  const { id, title, quiz } = course;
  const timing = courseTiming(course, progress, nowMillis);
  const asked = quiz.filter(({ id }) => progress.answers[id] !== undefined);
  return {
    course: { id, title: plain(title) },
    ...learner !== undefined && { learner: plain(learner) },
    at: nowMillis,
    steps: timing.steps.map(({ step, usedMinutes, startedAt }) => {
      const { number, id, title, bonus, minutes, conditions } = step;
      const { done, hintsShown = 0, isSolved = false } = progress.steps[id] ?? {};
      return {
        number,
        id,
        title: plain(title),
        bonus,
        state: done?.how ?? (startedAt === undefined ? "not begun" : "begun"),
        isSolved,
        plannedMinutes: minutes,
        ...usedMinutes !== undefined && { usedMinutes },
        hintsUsed: hintsShown,
        evidence: conditions.flatMap(({ id, says }) => {
          const { text, traceId } = done?.evidence[id] ?? {};
          if (text === undefined) return [];
          return [{
            says: plain(says),
            text: plain(text),
            ...traceId && { traceId: plain(traceId) },
          }];
        }),
      };
    }),
    usedMinutes: timing.usedMinutes,
    quiz: {
      right: asked.filter(({ id }) => progress.answers[id]).length,
      atFirstTry: asked.filter(({ id }) => progress.firstTries?.[id]).length,
      asked: asked.length,
      questions: quiz.length,
    },
  };
}

/** Adds the traces to the evidence, as far as they can still be read. */
export async function addTraces(
  summary: Summary,
  read: (traceId: string) => Promise<readonly ArrivedSpan[]>,
): Promise<Summary> {
  const traces = new Map<string, string[]>();
  const ids = summary.steps.flatMap(({ evidence }) =>
    evidence.flatMap(({ traceId }) => traceId ?? [])
  );
  for (const id of new Set(ids)) {
    if (!TRACE_ID.test(id)) continue;
    const spans = await read(id);
    if (spans.length > 0) traces.set(id, traceLines(spans).map(plainLine));
  }
  return {
    ...summary,
    steps: summary.steps.map((step) => ({
      ...step,
      evidence: step.evidence.map((one) => {
        const trace = one.traceId === undefined ? undefined : traces.get(one.traceId);
        return trace ? { ...one, trace } : one;
      }),
    })),
  };
}

/** Without characters that have an effect where it is shown; the indent stays. */
function plainLine(text: string): string {
  return replaceUnsafe(text, () => " ");
}

/** The text on one line, without characters that have an effect where it is shown. */
function plain(text: string): string {
  return replaceUnsafe(text, () => " ").trim().replaceAll(/\s+/g, " ");
}
