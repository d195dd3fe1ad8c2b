import { checkStep, isAbsence, isPassed } from "../../workshop/check/check_step.ts";
import type { Situation } from "../../workshop/conditions/choose_hint.ts";
import type { Step } from "../../workshop/course/step.ts";
import type { Length } from "../../workshop/timing/plan.ts";
import type { CommandContext } from "../command.ts";
import type { Session } from "./session.ts";
import type { RunWord, WordOptions } from "./word.ts";
import { certificate } from "./certificate.ts";
import { checkOne, climbFor, exitCodeOf, resultLines, resultOf, type StepResult } from "./check.ts";
import { dashboard } from "./dashboard.ts";
import { NOT_YET } from "./exit_codes.ts";
import { heading, listLines, stateOf, stepLines } from "./report.ts";
import { showPlan } from "./plan.ts";
import { resetSteps } from "./reset.ts";
import { saw } from "./saw.ts";
import { diffReport } from "../terminal/diff_report.ts";
import { solveOne } from "./solve.ts";
import { stepDiffs } from "./step_diff.ts";
import { summary } from "./summary.ts";
import { teach } from "./teach.ts";

/** Runs one word of `guide`; returns the exit code. */
export const run: RunWord = async (word, options, context) => {
  const { session, stepName, isAll } = options;
  const step = session.find(stepName);
  switch (word) {
    case "list":
      return list(options, context);
    case "show":
      if (options.flags.plan) return showPlan(options.flags.plan as Length, options, context);
      if (options.flags.teach) return teach(step, options, context);
      if (stepName === undefined) await session.goto(step);
      return show(step, options, context);
    case "check":
      return isAll ? await checkAll(options, context) : await check(step, options, context);
    case "diff":
      return await diff(step, options, context);
    case "solve":
      return await solve(step, options, context);
    case "hint":
      return await hint(step, options, context);
    case "reset":
      return await reset(isAll ? session.course.steps : [step], options, context);
    case "goto":
      await session.goto(step);
      await session.begin(step);
      return show(step, options, context);
    case "saw":
      return await saw(step, options, context);
    case "dashboard":
      return await dashboard(options, context);
    case "certificate":
      return await certificate(options, context);
    case "summary":
      return await summary(options, context);
  }
};

async function check(
  step: Step,
  options: WordOptions,
  context: CommandContext,
): Promise<number> {
  const { session, maxPatienceMillis } = options;
  const result = await checkOne(step, session, {
    ...maxPatienceMillis !== undefined && { maxPatienceMillis },
    report: context.output.status,
    signal: context.stop,
  });
  return await tell(result, step, options, context);
}

/** What the learner's program still lacks. */
async function diff(
  step: Step,
  { session, isJson }: WordOptions,
  { output }: CommandContext,
): Promise<number> {
  const diffs = await stepDiffs(step, session);
  if (isJson) {
    output.data(JSON.stringify({ step: step.id, files: diffs }, null, 2));
    return 0;
  }
  for (const [index, found] of diffs.entries()) {
    if (index > 0) output.data("");
    for (const line of diffReport(found)) output.data(line);
  }
  return 0;
}

async function solve(
  step: Step,
  options: WordOptions,
  context: CommandContext,
): Promise<number> {
  const { session } = options;
  const outcomes = await solveOne(step, session, {
    report: (line) => context.output.status(`  ${line}`),
    signal: context.stop,
  });
  return await tell(await resultOf(step, outcomes, session), step, options, context);
}

function list({ session, isJson }: WordOptions, { output }: CommandContext): number {
  const { course, progress } = session;
  const current = session.find();
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
    // Hints, answer and notes have their own words.
    const { hints: _, answer: __, notes: ___, solution: ____, ...shown } = step;
    output.data(JSON.stringify(shown, null, 2));
  } else {
    for (const line of stepLines(step, session.course)) {
      output.data(line);
    }
  }
  return 0;
}

/** Checks each step once that is not done yet. */
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
      output.data(` ${passed ? "ok  " : "todo"}  ${number.padStart(3)}  ${title}`);
    }
  }
  return missing.length === 0 ? 0 : NOT_YET;
}

/** After a passed step, the next one is shown. */
async function tell(
  result: StepResult,
  step: Step,
  { session, isJson }: WordOptions,
  { output }: CommandContext,
): Promise<number> {
  const next = result.passed ? await session.advanceFrom(step) : undefined;
  if (isJson) {
    output.data(JSON.stringify(result, null, 2));
  } else {
    for (const line of resultLines(result, step, session)) output.data(line);
    if (next) output.data(`\nNext: ${heading(next, session.course)}`);
  }
  return exitCodeOf(result);
}

/** Shows a hint for what is wrong, and afterwards the next of three; the last one stays. */
async function hint(
  step: Step,
  { session, isJson }: WordOptions,
  { output, stop }: CommandContext,
): Promise<number> {
  const level = await session.showHint(step, await situationOf(step, session, stop));
  if (typeof level !== "number") {
    const { key, text } = level;
    output.data(
      isJson
        ? JSON.stringify({ step: step.id, for: key, text })
        : `Hint for what is wrong: ${key}\n${text}`,
    );
    return 0;
  }
  const text = step.hints[level - 1]!.trimEnd();
  output.data(
    isJson
      ? JSON.stringify({ step: step.id, level, of: step.hints.length, text })
      : `Hint ${level} of ${step.hints.length}: ${text}`,
  );
  return 0;
}

/** What is wrong now. Waits for nothing, and leaves out what may not arrive, which takes long to prove. */
async function situationOf(step: Step, session: Session, signal: AbortSignal): Promise<Situation> {
  const conditions = step.conditions.filter((condition) => !isAbsence(condition));
  const context = await session.contextOf(step);
  const outcomes = await checkStep({ conditions }, context, { maxPatienceMillis: 0, signal });
  const rungs = await climbFor(step, outcomes, session, signal);
  return { outcomes, brokenLink: rungs?.find(({ isWhole }) => !isWhole)?.name };
}

async function reset(
  steps: readonly Step[],
  { session, isAll, isJson }: WordOptions,
  { output }: CommandContext,
): Promise<number> {
  const { written, kept } = await resetSteps(steps, session, { isAll });
  const ids = steps.map(({ id }) => id);
  if (isJson) {
    output.data(JSON.stringify({ reset: ids, restored: written, kept: Object.fromEntries(kept) }));
    return 0;
  }
  output.data(`Reset: ${isAll ? "the course" : ids.join(", ")}`);
  for (const path of written) output.data(`  ${path} was restored`);
  for (const [path, name] of kept) output.data(`  your ${path} was saved as ${name}`);
  return 0;
}
