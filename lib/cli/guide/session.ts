import { resolve } from "node:path";
import { type Backends, usualBackends } from "../../workshop/backends/backends.ts";
import { isPassed } from "../../workshop/check/check_step.ts";
import {
  chooseHint,
  type ChosenHint,
  type Situation,
} from "../../workshop/conditions/choose_hint.ts";
import { readCounters } from "../../workshop/conditions/evaluate.ts";
import type { CheckContext, Outcome, SeenResponse } from "../../workshop/conditions/outcome.ts";
import type { OwnTraffic } from "../../workshop/backends/own_traffic.ts";
import { fillInCourse } from "../../workshop/course/fill_in.ts";
import { CourseError, readCourse } from "../../workshop/course/read_course.ts";
import { type Choice, shuffledChoices } from "../../workshop/course/shuffle.ts";
import type { Course, Question, Step } from "../../workshop/course/step.ts";
import {
  type CourseProgress,
  courseProgress,
  noProgress,
  noteAnswer,
  type Progress,
  stepProgress,
} from "../../workshop/progress/progress.ts";
import { carryOverSteps } from "../../workshop/progress/renamed_steps.ts";
import {
  NewerProgressError,
  progressPath,
  readProgress,
  writeProgress,
} from "../../workshop/progress/progress_file.ts";
import { StartError, UsageError } from "../errors.ts";
import { type GivenGuideFlags, isExternal, readAddresses } from "./guide_flags.ts";
import { EMBEDDED_COURSE } from "./learner_files.ts";
import { ownCommand, readOwnProgram } from "./own_command.ts";
import { textSetting } from "./text_setting.ts";

/** The latest responses are enough to check a step. */
const MAX_SEEN = 20;

/** Options of {@linkcode openSession}. */
interface SessionOptions {
  course: Course;
  courseFolder: string | URL;
  /** File that stores your progress. */
  path: string;
  appUrl: string;
  backends: Backends;
  /** The flags of the command. */
  flags: GivenGuideFlags;
  report: (line: string) => void;
}

/** A learner in a course: the progress, and the targets of checks. */
export class Session {
  /** The folder of the course's files. */
  readonly courseFolder: string | URL;
  readonly appUrl: string;
  readonly #flags: GivenGuideFlags;
  /** As it was read. */
  readonly #source: Course;
  /** Written for what runs. */
  #course: Course;
  /** What {@linkcode #course} is written for. */
  #writtenFor = "";
  #command = "otel-kit";
  #calledFrom: string | undefined;
  #backends: Backends;
  readonly #path: string;
  readonly #report: (line: string) => void;
  readonly #memories = new Map<string, Map<string, unknown>>();
  #all: Progress = noProgress();
  #turn: Promise<void> = Promise.resolve();

  constructor({ course, courseFolder, path, appUrl, backends, flags, report }: SessionOptions) {
    this.#source = course;
    this.#course = course;
    this.courseFolder = courseFolder;
    this.appUrl = appUrl;
    this.#backends = backends;
    this.#flags = flags;
    this.#path = path;
    this.#report = report;
  }

  /** The course, written for what runs: other backends or another folder make other texts. */
  get course(): Course {
    return this.#course;
  }

  /** How this program is called in the learner's folder, or in the current one if there is none. */
  get command(): string {
    return this.#command;
  }

  /** The addresses to check. */
  get backends(): Backends {
    return this.#backends;
  }

  set backends(backends: Backends) {
    this.#backends = backends;
    this.#write();
  }

  /** Counts the guide's own test spans, also those of other commands. */
  readonly own: OwnTraffic = {
    addSpan: () =>
      this.update((progress) => void (progress.ownSpans = (progress.ownSpans ?? 0) + 1)),
    countSpans: async () => {
      await this.refresh();
      return this.progress.ownSpans ?? 0;
    },
  };

  /** The progress, as last read or changed. */
  get progress(): CourseProgress {
    return courseProgress(this.#all, this.course.id);
  }

  /** The learner's folder: the last one given. */
  get folder(): string | undefined {
    return this.progress.folder;
  }

  /** The step with a number or id; by default, the current one. */
  find(given?: string): Step {
    const { steps } = this.course;
    const wanted = given ?? this.progress.current ?? steps[0]!.id;
    const step = steps.find(({ id, number }) => id === wanted || number === wanted);
    if (step) return step;
    // The learner's step may have been removed from the course.
    if (given === undefined) return steps[0]!;
    const last = steps.at(-1)!;
    throw new UsageError(
      `Unknown step "${wanted}": expected a number up to ${last.number}, or an id such ` +
        `as ${last.id}`,
    );
  }

  /**
   * The choices of a question, in this learner's order.
   *
   * @throws {Error} Before {@linkcode prepareQuiz}.
   */
  choicesOf(question: Question): Choice[] {
    const { learner } = this.progress;
    if (learner === undefined) throw new Error("The order of choices is not known yet");
    return shuffledChoices(question, learner);
  }

  /** Draws the learner's order of choices, unless that was done before. */
  async prepareQuiz(): Promise<void> {
    if (this.progress.learner !== undefined) return;
    await this.update((progress) => progress.learner ??= crypto.randomUUID());
  }

  /** Notes a learner's answer to a question. */
  answer(question: string, isRight: boolean): Promise<void> {
    return this.update((progress) => noteAnswer(progress, question, isRight));
  }

  /** Reads changes by other commands: a quiz in another terminal, for example. */
  refresh(): Promise<void> {
    return this.#inTurn(() => this.#read());
  }

  /** Changes the current progress in the file, and saves it. */
  update(change: (progress: CourseProgress) => void): Promise<void> {
    return this.#inTurn(async () => {
      await this.#read();
      change(this.progress);
      await usable(this.#path, () => writeProgress(this.#path, this.#all));
    });
  }

  /** Converts progress in steps that have been renamed or split since, and reports it. */
  async carryOver(): Promise<void> {
    const { steps } = this.course;
    if (carryOverSteps(steps, this.progress).length === 0) return;
    let lines: string[] = [];
    // The file may have changed since it was read.
    await this.update((progress) => void (lines = carryOverSteps(steps, progress)));
    for (const text of lines) this.#report(text);
  }

  /** Begins a step: telemetry counts from now on. */
  async begin(step: Step): Promise<void> {
    const startedAt = Date.now();
    const readings = await readCounters(step.conditions, this);
    this.#memories.delete(step.id);
    await this.update((progress) => {
      Object.assign(stepProgress(progress, step.id), { startedAt, readings, seen: [] });
    });
  }

  /** Goes to a step, and begins it if it hasn't begun. */
  async goto(step: Step): Promise<void> {
    await this.update((progress) => progress.current = step.id);
    if (this.progress.steps[step.id]?.startedAt === undefined) await this.begin(step);
  }

  /** Everything that checking a step needs; begins the step if it hasn't begun. */
  async contextOf(step: Step): Promise<CheckContext> {
    if (this.progress.steps[step.id]?.startedAt === undefined) await this.begin(step);
    const { startedAt, readings } = stepProgress(this.progress, step.id);
    const memory = this.#memories.get(step.id) ?? new Map<string, unknown>();
    this.#memories.set(step.id, memory);
    const progress = () => this.progress;
    return {
      backends: this.backends,
      appUrl: this.appUrl,
      folder: this.folder ?? Deno.cwd(),
      hasFolder: this.folder !== undefined,
      startedAt: startedAt!,
      readings,
      own: this.own,
      get seen() {
        return progress().steps[step.id]?.seen ?? [];
      },
      get answers() {
        return progress().answers;
      },
      memory,
    };
  }

  /** Records the result of a check. */
  async note(
    step: Step,
    outcomes: readonly Outcome[],
    { isSolved = false }: { isSolved?: boolean } = {},
  ): Promise<void> {
    const passed = isPassed(outcomes);
    if (!passed && !isSolved) return;
    await this.update((progress) => {
      const state = stepProgress(progress, step.id);
      if (isSolved) state.isSolved = true;
      if (!passed) return;
      // A step that was done stays done, even if it is only shown afterwards.
      const isOwn = state.done?.how === "done" || progress.folder !== undefined && !isSolved;
      const how = isOwn ? "done" : "shown";
      state.done = {
        // Checking a step that was already done does not complete it again.
        at: state.done?.how === how ? state.done.at : Date.now(),
        how,
        evidence: Object.fromEntries(
          outcomes.flatMap(({ id, evidence }) => evidence ? [[id, { ...evidence }]] : []),
        ),
      };
    });
  }

  /** Notes a response that the learner's client got, for a step; begins the step if it hasn't begun. */
  async see(step: Step, response: SeenResponse): Promise<void> {
    if (this.progress.steps[step.id]?.startedAt === undefined) await this.begin(step);
    await this.update((progress) => {
      const state = stepProgress(progress, step.id);
      state.seen = [...state.seen ?? [], { ...response }].slice(-MAX_SEEN);
    });
  }

  /**
   * Shows one more hint: for what is wrong, and afterwards the next of three general ones. Returns that hint, or
   * how many of the general ones are shown.
   */
  async showHint(step: Step, situation: Situation): Promise<ChosenHint | number> {
    let level = 0;
    const shown = this.progress.steps[step.id]?.hintsFor ?? [];
    const chosen = chooseHint(step, this.course, situation, shown);
    await this.update((progress) => {
      const state = stepProgress(progress, step.id);
      if (chosen) state.hintsFor = [...state.hintsFor ?? [], { ...chosen }];
      else level = state.hintsShown = Math.min(state.hintsShown + 1, step.hints.length);
    });
    return chosen ?? level;
  }

  /** Advances from the current step to the next one; undefined if it isn't current, or is the last. */
  async advanceFrom(step: Step): Promise<Step | undefined> {
    if (this.find().id !== step.id) return undefined;
    const next = this.course.steps[this.course.steps.findIndex(({ id }) => id === step.id) + 1];
    if (next) await this.goto(next);
    return next;
  }

  async #read(): Promise<void> {
    const { progress, movedTo } = await usable(this.#path, () => readProgress(this.#path));
    if (movedTo) {
      this.#report(`The progress in ${this.#path} can't be read. It was moved to ${movedTo}`);
    }
    this.#all = progress;
    const folder = this.folder ?? Deno.cwd();
    if (folder !== this.#calledFrom) {
      this.#command = await ownCommand(folder, readOwnProgram());
      this.#calledFrom = folder;
    }
    this.#write();
  }

  /** Writes the course's texts again if something that they depend on has changed. */
  #write(): void {
    const setting = textSetting({
      backends: this.#backends,
      appUrl: this.appUrl,
      folder: this.folder,
      command: this.#command,
      flags: this.#flags,
    });
    const writtenFor = JSON.stringify(setting);
    if (writtenFor === this.#writtenFor) return;
    this.#writtenFor = writtenFor;
    this.#course = fillInCourse(this.#source, setting);
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => {});
    return done;
  }
}

/**
 * Opens the course and the learner's progress in it.
 *
 * @throws {UsageError} If the course or an address is invalid.
 * @throws {StartError} If the progress can't be used.
 */
export async function openSession(
  flags: GivenGuideFlags,
  report: (line: string) => void,
): Promise<Session> {
  const courseFolder = flags.course ?? EMBEDDED_COURSE;
  const session = new Session({
    course: await openCourse(courseFolder),
    courseFolder,
    path: flags.progress ?? defaultProgressPath(),
    ...readAddresses(flags),
    ...!isExternal(flags) && { backends: usualBackends() },
    flags,
    report,
  });
  await session.refresh();
  await session.carryOver();
  if (flags.dir !== undefined) {
    const folder = await existingFolder(resolve(flags.dir));
    if (folder !== session.folder) await session.update((progress) => progress.folder = folder);
  }
  return session;
}

async function existingFolder(folder: string): Promise<string> {
  const isThere = await Deno.stat(folder).then(({ isDirectory }) => isDirectory, () => false);
  if (isThere) return folder;
  const command = await ownCommand(Deno.cwd(), readOwnProgram());
  throw new UsageError(
    `Cannot use --dir "${folder}": there is no such folder. Create it: ${command} workshop init`,
  );
}

/** @throws {UsageError} If the course is invalid. */
export async function openCourse(folder: string | URL): Promise<Course> {
  try {
    return await readCourse(folder);
  } catch (error) {
    if (error instanceof CourseError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

/** The next step if the progress file can't be used. */
async function usable<T>(path: string, use: () => Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (error) {
    const { message } = error as Error;
    throw new StartError(
      error instanceof NewerProgressError
        ? message
        : `Cannot save progress in ${path}: ${message}. Set another file with --progress`,
      { cause: error },
    );
  }
}

/** @throws {UsageError} If this user has no folder for data. */
export function defaultProgressPath(): string {
  const path = progressPath(Deno.env.toObject());
  if (path) return path;
  const variable = Deno.build.os === "windows" ? "LOCALAPPDATA" : "HOME";
  throw new UsageError(`Cannot save progress: ${variable} is not set. Set a file with --progress`);
}
