import { ask } from "../backends/ask.ts";
import { checkStep } from "../check/check_step.ts";
import type { CheckContext, Outcome } from "../conditions/outcome.ts";
import type { Action, Step } from "../course/step.ts";
import type { BackgroundApp, Launch } from "./background_app.ts";

/** What a solution is applied with. */
export interface SolveOptions {
  context: CheckContext;
  app: BackgroundApp;
  /** How the app of a mode is started. */
  launchMode(mode: string, flags: readonly string[]): Launch;
  /** How a file of the learner's folder is started. */
  launchFile(file: string, isAuto: boolean): Launch;
  /** Copies files of the course's solution into the learner's folder. */
  writeSolution(paths: readonly string[]): Promise<void>;
  /** Answers questions right. */
  answer(questionIds: readonly string[]): void;
  /** Writes the compose files into a folder of the learner's folder. */
  writeDemo(folder: string): Promise<void>;
  /** Told what is done. */
  report(line: string): void;
  signal: AbortSignal;
}

const HTTP_PORT = 80;

/**
 * Applies a step's solution, action by action, and checks all that the step wants.
 *
 * @throws {Error} If an action cannot be done.
 */
export async function solveStep(step: Step, options: SolveOptions): Promise<Outcome[]> {
  for (const action of step.solution) {
    if (options.signal.aborted) break;
    await act(action, step, options);
  }
  return await checkStep(step, options.context, { signal: options.signal });
}

async function act(action: Action, step: Step, options: SolveOptions): Promise<void> {
  const { context, app, report, signal } = options;
  if ("start" in action) {
    const { start } = action;
    report(`start ${"mode" in start ? `the app in mode ${start.mode}` : start.file}`);
    const launch = "mode" in start
      ? options.launchMode(start.mode, start.flags)
      : options.launchFile(start.file, start.auto);
    await app.start(launch, Number(new URL(context.appUrl).port || HTTP_PORT));
  } else if ("stop" in action) {
    await app.stop();
  } else if ("request" in action) {
    const { path, times } = action.request;
    report(`request ${path}${times > 1 ? `, ${times} times` : ""}`);
    for (let i = 0; i < times && !signal.aborted; i++) await ask("The app", context.appUrl + path);
  } else if ("write" in action) {
    report(`write ${action.write.join(", ")}`);
    await options.writeSolution(action.write);
  } else if ("answer" in action) {
    report(`answer ${action.answer.quiz.join(", ")}`);
    options.answer(action.answer.quiz);
  } else if ("collectorDemo" in action) {
    report(`write the compose files to ${action.collectorDemo.dir}`);
    await options.writeDemo(action.collectorDemo.dir);
  } else {
    const conditions = step.conditions.filter(({ id }) => action.wait.includes(id));
    report(`wait for ${action.wait.join(", ")}`);
    await checkStep({ conditions }, context, { signal });
  }
}
