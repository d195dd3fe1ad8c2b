import { ask } from "../backends/ask.ts";
import { checkStep } from "../check/check_step.ts";
import type { CheckContext, Outcome, SeenResponse } from "../conditions/outcome.ts";
import type { Action, Step } from "../course/step.ts";
import type { BackgroundApp, Launch } from "./background_app.ts";
import { BackgroundKits } from "./background_kits.ts";

/** A file of the learner's, and the file of the course's solution that replaces it. */
export interface SolutionFile {
  file: string;
  from: string;
}

/** Everything that applying a solution needs. */
export interface SolveOptions {
  context: CheckContext;
  app: BackgroundApp;
  /** How to start the app of a mode. */
  launchMode(mode: string, flags: readonly string[]): Launch;
  /** How to start a file of the learner's folder; undefined if there is no folder. */
  launchFile?: (file: string, options: { isAuto: boolean; flags: readonly string[] }) => Launch;
  /** How to start this program with these arguments and variables, in the learner's folder. */
  launchKit(args: readonly string[], env: Record<string, string>): Launch;
  /** Copies files of the course's solution into the learner's folder; undefined without one. */
  writeSolution?: (files: readonly SolutionFile[]) => Promise<void>;
  /** Shows a response to the guide, as the learner would. */
  see(response: SeenResponse): Promise<void>;
  /** Answers questions correctly. */
  answer(questionIds: readonly string[]): Promise<void>;
  /** Writes the compose files into a folder, relative to the learner's. */
  writeDemo(folder: string): Promise<void>;
  /** How this program is called where the learner is. */
  command: string;
  /** Called with a description of each action. */
  report(line: string): void;
  signal: AbortSignal;
}

const HTTP_PORT = 80;

/**
 * Applies a step's solution, action by action, and checks all conditions of the step.
 *
 * @throws {Error} If an action fails.
 */
export async function solveStep(step: Step, options: SolveOptions): Promise<Outcome[]> {
  const { context, signal } = options;
  const waited = new Map<string, Outcome>();
  await using kits = new BackgroundKits(step, options.launchKit);
  for (const action of step.solution) {
    if (signal.aborted) break;
    for (const outcome of await act(action, step, options, kits)) waited.set(outcome.id, outcome);
  }
  // What is met stays met, even if the solution has stopped the app.
  const isMet = ({ id }: { id: string }) => waited.get(id)?.state === "passed";
  const open = step.conditions.filter((condition) => !isMet(condition));
  for (const outcome of await checkStep({ conditions: open }, context, { signal })) {
    waited.set(outcome.id, outcome);
  }
  return step.conditions.flatMap(({ id }) => waited.get(id) ?? []);
}

/** Resolves with what the action waited for. */
async function act(
  action: Action,
  step: Step,
  options: SolveOptions,
  kits: BackgroundKits,
): Promise<Outcome[]> {
  const { context, app, report, signal } = options;
  if ("wait" in action) {
    report(`wait for ${action.wait.join(", ")}`);
    return await checkStep({ conditions: named(step, action.wait) }, context, { signal });
  }
  if ("stopDuring" in action) {
    report(`request /, and stop the app at once`);
    return await stopDuring(named(step, action.stopDuring), options);
  }
  if ("start" in action) {
    const flags = action.start.flags.map((flag) => kits.fill(flag));
    const launch = launchOf({ ...action.start, flags }, options);
    report(`start ${launch.name}`);
    await app.start(launch, Number(new URL(context.appUrl).port || HTTP_PORT), signal);
  } else if ("stop" in action) {
    await app.stop();
  } else if ("kit" in action) {
    report(`start otel-kit ${action.kit.args.join(" ")}`);
    await kits.start(action.kit, signal);
  } else if ("stopKit" in action) {
    report("stop it");
    await kits.stop(action.stopKit);
  } else if ("request" in action) {
    const { path, headers, times } = action.request;
    report(`request ${path}${times > 1 ? `, ${times} times` : ""}`);
    for (let i = 0; i < times && !signal.aborted; i++) {
      const { status, text } = await ask("The app", context.appUrl + path, { headers });
      await options.see({ at: Date.now(), status, body: text });
    }
  } else if ("write" in action) {
    const names = action.write.map(({ file }) => file).join(", ");
    report(options.writeSolution ? `write ${names}` : `skip ${names}: ${noFolder(options)}`);
    await options.writeSolution?.(action.write);
  } else if ("answer" in action) {
    report(`answer ${action.answer.quiz.join(", ")}`);
    await options.answer(action.answer.quiz);
  } else if ("collectorDemo" in action) {
    report(`write the compose files to ${action.collectorDemo.dir}`);
    await options.writeDemo(action.collectorDemo.dir);
  }
  return [];
}

/** Stops the app after a request, once its conditions have seen it running. */
async function stopDuring(
  conditions: Step["conditions"],
  { context, app, signal }: SolveOptions,
): Promise<Outcome[]> {
  let stopping: Promise<void> | undefined;
  const outcomes = await checkStep({ conditions }, context, {
    signal,
    onProgress: () => stopping ??= ask("The app", context.appUrl).then(() => app.stop()),
  });
  await stopping;
  return outcomes;
}

function named({ conditions }: Step, ids: readonly string[]): Step["conditions"] {
  return conditions.filter(({ id }) => ids.includes(id));
}

type Start = Extract<Action, { start: unknown }>["start"];

function launchOf(start: Start, options: SolveOptions): Launch {
  const { launchMode, launchFile } = options;
  const { file, flags } = start;
  if (file !== undefined && launchFile) {
    const isAuto = "mode" in start ? start.mode === "auto" : start.auto;
    return launchFile(file, { isAuto, flags });
  }
  if ("mode" in start) return launchMode(start.mode, flags);
  throw new Error(`Cannot start ${file}: ${noFolder(options)}`);
}

function noFolder({ command }: SolveOptions): string {
  return `no folder is set, see ${command} workshop init and --dir`;
}
