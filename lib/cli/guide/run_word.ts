import { checkStep, isPassed } from "../../workshop/check/check_step.ts";
import type { Step } from "../../workshop/course/step.ts";
import { stepProgress } from "../../workshop/progress/progress.ts";
import type { CommandContext } from "../command.ts";
import type { RunWord, WordOptions } from "../guide.ts";
import { programFolder, readFiles, writeFiles } from "../text_files.ts";
import { checkOne, exitCodeOf, NOT_YET, resultLines, type StepResult } from "./check.ts";
import { heading, listLines, stateOf, stepLines } from "./report.ts";
import type { Session } from "./session.ts";
import { solveOne } from "./solve.ts";

/** Runs one word of `guide`; the exit code. */
export const run: RunWord = async (word, options, context) => {
  const { session, stepName, isAll } = options;
  const step = session.find(stepName);
  switch (word) {
    case "list":
      return list(options, context);
    case "show":
      if (stepName === undefined) await session.contextOf(step);
      return show(step, options, context);
    case "check":
      if (isAll) return await checkAll(options, context);
      return tell(await checkOne(step, session, context), step, options, context);
    case "solve":
      return tell(await solveOne(step, session, context), step, options, context);
    case "hint":
      return await hint(step, options, context);
    case "reset":
      return await reset(isAll ? session.course.steps : [step], options, context);
    case "goto":
      session.progress.current = step.id;
      await session.begin(step);
      return show(step, options, context);
  }
};

function list({ session, isJson }: WordOptions, { output }: CommandContext): number {
  const { course, progress } = session;
  const current = session.find(undefined);
  if (!isJson) {
    for (const line of listLines(course, progress, current)) output.data(line);
    return 0;
  }
  const steps = course.steps.map(({ number, id, title, part, bonus, minutes }) => ({
    number,
    id,
    title,
    part,
    bonus,
    minutes,
    state: stateOf(progress.steps[id]),
  }));
  output.data(JSON.stringify({ course: course.id, current: current.id, steps }, null, 2));
  return 0;
}

function show(step: Step, { session, isJson }: WordOptions, { output }: CommandContext): number {
  if (isJson) {
    // Hints, answer and notes have words of their own.
    const { hints: _, answer: __, notes: ___, solution: ____, ...shown } = step;
    output.data(JSON.stringify(shown, null, 2));
  } else {
    for (const line of stepLines(step, session.course, false)) output.data(line);
  }
  return 0;
}

/** One look at each step that is not done yet. */
async function checkAll(
  { session, isJson }: WordOptions,
  { output, stop }: CommandContext,
): Promise<number> {
  const results: (Pick<StepResult, "step" | "passed"> & { bonus: boolean })[] = [];
  for (const step of session.course.steps) {
    const { number, id, title, bonus } = step;
    let passed = session.progress.steps[id]?.done !== undefined;
    if (!passed && session.progress.steps[id]?.startedAt !== undefined) {
      const context = await session.contextOf(step);
      const outcomes = await checkStep(step, context, { maxPatienceMillis: 0, signal: stop });
      await session.note(step, outcomes);
      passed = isPassed(outcomes);
    }
    results.push({ step: { number, id, title }, passed, bonus });
  }
  const missing = results.filter(({ passed, bonus }) => !passed && !bonus);
  if (isJson) {
    output.data(JSON.stringify({ passed: missing.length === 0, steps: results }, null, 2));
  } else {
    for (const { step: { number, title }, passed } of results) {
      output.data(` ${passed ? "ok  " : "todo"}  ${String(number).padStart(2)}  ${title}`);
    }
  }
  return missing.length === 0 ? 0 : NOT_YET;
}

function tell(
  result: StepResult,
  step: Step,
  { session, isJson }: WordOptions,
  { output }: CommandContext,
): number {
  if (isJson) {
    output.data(JSON.stringify(result, null, 2));
  } else {
    for (const line of resultLines(result, step, session)) output.data(line);
    const next = session.find(undefined);
    if (result.passed && next !== step) output.data(`\nNext: ${heading(next, session.course)}`);
  }
  return exitCodeOf(result);
}

/** The next of three; the last one stays. */
async function hint(
  step: Step,
  { session, isJson }: WordOptions,
  { output }: CommandContext,
): Promise<number> {
  const state = stepProgress(session.progress, step.id);
  state.hintsShown = Math.min(state.hintsShown + 1, step.hints.length);
  await session.save();
  const level = state.hintsShown;
  const text = step.hints[level - 1]!.trimEnd();
  output.data(
    isJson
      ? JSON.stringify({ step: step.id, level, of: step.hints.length, text })
      : `Hint ${level} of ${step.hints.length}: ${text}`,
  );
  return 0;
}

/** Forgets what is known of steps, and lays out anew what their solutions write. */
async function reset(
  steps: readonly Step[],
  { session, isAll, isJson }: WordOptions,
  { output }: CommandContext,
): Promise<number> {
  const { progress } = session;
  const written = steps.flatMap(({ solution }) =>
    solution.flatMap((action) => "write" in action ? action.write : [])
  );
  const restored = await restore(written, session);
  for (const { id, conditions } of steps) {
    delete progress.steps[id];
    for (const { check } of conditions) {
      if (check.kind !== "quiz") continue;
      for (const question of check.questions) delete progress.answers[question];
    }
  }
  if (isAll) delete progress.current;
  await session.save();
  const ids = steps.map(({ id }) => id);
  output.data(
    isJson
      ? JSON.stringify({ reset: ids, restored })
      : [`Reset: ${isAll ? "the course" : ids.join(", ")}`, ...restored.map((path) => `  ${path}`)]
        .join("\n"),
  );
  return 0;
}

/** Puts files of the learner's folder back as they were laid out. */
async function restore(paths: readonly string[], { folder }: Session): Promise<string[]> {
  if (folder === undefined || paths.length === 0) return [];
  const files = await readFiles(programFolder("lib/workshop/template"));
  const laidOut = files.filter(({ path }) => paths.includes(path));
  return (await writeFiles(folder, laidOut, { isForced: true })).paths;
}
