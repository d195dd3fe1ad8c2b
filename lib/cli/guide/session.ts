import { resolve } from "node:path";
import { readCounters } from "../../workshop/conditions/evaluate.ts";
import type { CheckContext, Outcome } from "../../workshop/conditions/outcome.ts";
import { CourseError, readCourse } from "../../workshop/course/read_course.ts";
import type { Course, Step } from "../../workshop/course/step.ts";
import {
  type CourseProgress,
  courseProgress,
  stepProgress,
} from "../../workshop/progress/progress.ts";
import {
  NewerProgressError,
  progressPath,
  readProgress,
  writeProgress,
} from "../../workshop/progress/progress_file.ts";
import { isPassed } from "../../workshop/check/check_step.ts";
import { StartError, UsageError } from "../errors.ts";
import type { ParsedFlags } from "../flags.ts";
import { programFolder } from "../text_files.ts";
import { readAddresses } from "./guide_flags.ts";

/** A learner in a course: where they are, and what steps are judged by. */
export interface Session {
  course: Course;
  /** Where the course's files are. */
  courseFolder: string | URL;
  progress: CourseProgress;
  /** The learner's folder. */
  folder?: string;
  /** The step of a number or id; the current one where nothing is given. */
  find(given: string | undefined): Step;
  /** Begins a step: from now on what arrives counts. */
  begin(step: Step): Promise<void>;
  /** What a step is judged by; begins it where that was not done. */
  contextOf(step: Step): Promise<CheckContext>;
  /** Notes what a check has shown; a passed step leads to the next. */
  note(step: Step, outcomes: readonly Outcome[], how?: { isSolved: boolean }): Promise<void>;
  save(): Promise<void>;
}

/**
 * Opens the course and the learner's progress in it.
 *
 * @throws {UsageError} If the course or an address cannot be used.
 * @throws {StartError} If the progress cannot be used.
 */
export async function openSession(
  parsed: ParsedFlags,
  report: (line: string) => void,
): Promise<Session> {
  const { values } = parsed;
  const { appUrl, backends } = readAddresses(parsed);
  const given = values.get("course");
  const courseFolder = given === undefined ? programFolder("lib/workshop/steps") : String(given);
  const course = await openCourse(courseFolder);
  const path = String(values.get("progress") ?? defaultPath());
  const { progress: all, movedTo } = await openProgress(path);
  if (movedTo) report(`The progress in ${path} cannot be read; it was moved to ${movedTo}`);
  const progress = courseProgress(all, course.id);
  const dir = values.get("dir");
  const folder = dir === undefined ? undefined : resolve(String(dir));
  const memories = new Map<string, Map<string, unknown>>();

  const session: Session = {
    course,
    courseFolder,
    progress,
    ...folder !== undefined && { folder },
    find(given) {
      const wanted = given ?? progress.current ?? course.steps[0]!.id;
      const step = course.steps.find(({ id, number }) =>
        id === wanted || String(number) === wanted
      );
      if (step) return step;
      const last = course.steps.at(-1)!;
      throw new UsageError(
        `Unknown step "${wanted}": expected a number up to ${last.number}, or an id such as ${last.id}`,
      );
    },
    async begin(step) {
      const state = stepProgress(progress, step.id);
      state.startedAt = Date.now();
      state.readings = await readCounters(step.conditions, { backends });
      memories.delete(step.id);
      await session.save();
    },
    async contextOf(step) {
      const state = stepProgress(progress, step.id);
      if (state.startedAt === undefined) await session.begin(step);
      const memory = memories.get(step.id) ?? new Map<string, unknown>();
      memories.set(step.id, memory);
      return {
        backends,
        appUrl,
        ...folder !== undefined && { folder },
        startedAt: state.startedAt!,
        readings: state.readings,
        answers: progress.answers,
        memory,
      };
    },
    async note(step, outcomes, { isSolved } = { isSolved: false }) {
      const state = stepProgress(progress, step.id);
      if (isSolved) state.isSolved = true;
      if (isPassed(outcomes)) {
        state.done = {
          at: Date.now(),
          how: folder !== undefined && !isSolved ? "done" : "shown",
          evidence: Object.fromEntries(
            outcomes.flatMap(({ id, evidence }) => evidence ? [[id, { ...evidence }]] : []),
          ),
        };
        const next = course.steps[course.steps.indexOf(step) + 1];
        if (next && session.find(undefined) === step) {
          progress.current = next.id;
          await session.begin(next);
        }
      }
      await session.save();
    },
    save: () => writeProgress(path, all),
  };
  return session;
}

async function openCourse(folder: string | URL): Promise<Course> {
  try {
    return await readCourse(folder);
  } catch (error) {
    if (error instanceof CourseError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

async function openProgress(path: string) {
  try {
    return await readProgress(path);
  } catch (error) {
    if (error instanceof NewerProgressError) throw new StartError(error.message, { cause: error });
    throw error;
  }
}

function defaultPath(): string {
  const path = progressPath(Deno.env.toObject());
  if (path) return path;
  throw new UsageError("Cannot tell where to keep progress: HOME is not set. Use --progress FILE");
}
