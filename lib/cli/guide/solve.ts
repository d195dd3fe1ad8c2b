import { join } from "node:path";
import { messageOf } from "../../error_message.ts";
import type { CheckContext, Outcome } from "../../workshop/conditions/outcome.ts";
import type { Step } from "../../workshop/course/step.ts";
import { BackgroundApp, type Launch } from "../../workshop/solve/background_app.ts";
import { type SolutionFile, solveStep } from "../../workshop/solve/solve_step.ts";
import { readDemoFiles } from "../files/demo_files.ts";
import { StartError, UsageError } from "../errors.ts";
import { parseFlags } from "../flags/flags.ts";
import { givenTelemetryFlags, TELEMETRY_FLAGS } from "../flags/telemetry_flags.ts";
import { MAIN } from "../../program_files.ts";
import { writeFiles } from "../files/text_files.ts";
import { DENO } from "./expected_program.ts";
import { writeOver } from "./learner_files.ts";
import type { Session } from "./session.ts";

/** The permissions of a course's app. */
const APP_PERMISSIONS = ["net", "env", "read", "sys"].map((name) => `--allow-${name}`);

/** Options of {@linkcode solveOne}. */
export interface SolveOneOptions {
  /** Called with a description of each action. */
  report: (line: string) => void;
  signal: AbortSignal;
}

/**
 * Restarts a step, applies its solution, and checks it; the app that it starts ends with it.
 *
 * @throws {StartError} If a part of the solution fails.
 */
export async function solveOne(
  step: Step,
  session: Session,
  { report, signal }: SolveOneOptions,
): Promise<Outcome[]> {
  await session.begin(step);
  const context = await session.contextOf(step);
  await using app = new BackgroundApp();
  try {
    const outcomes = await solveStep(step, {
      context,
      app,
      launchMode: (mode, flags) => launchMode(mode, flags, context),
      launchKit: (args, env) => ({
        name: `otel-kit ${args[0]}`,
        cwd: context.folder,
        env: { ...env, OTEL_EXPORTER_OTLP_ENDPOINT: context.backends.otlpHttpUrl },
        ...ourselves([...args]),
      }),
      ...session.folder !== undefined && ownFolder(session.folder, session, context, report),
      see: (response) => session.see(step, response),
      async answer(ids) {
        await session.update(({ answers }) => ids.forEach((id) => answers[id] = true));
      },
      async writeDemo(dir) {
        await writeFiles(join(context.folder, dir), await readDemoFiles(), { isForced: false });
      },
      command: session.command,
      report,
      signal,
    });
    await session.note(step, outcomes, { isSolved: true });
    return outcomes;
  } catch (error) {
    if (error instanceof UsageError || error instanceof StartError) throw error;
    throw new StartError(messageOf(error), { cause: error });
  }
}

function launchMode(
  mode: string,
  flags: readonly string[],
  { appUrl, folder, backends: { otlpHttpUrl } }: CheckContext,
): Launch {
  const telemetry = mode === "base"
    ? []
    : [`--endpoint=${otlpHttpUrl}`, "--protocol=http/protobuf", ...flags];
  const port = new URL(appUrl).port || "80";
  const args = ["serve", `--mode=${mode}`, `--port=${port}`, ...telemetry];
  return {
    name: `the app in mode ${mode}`,
    // A configuration file is in the folder, and may name the variable.
    cwd: folder,
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: otlpHttpUrl },
    ...ourselves(args),
  };
}

/** The actions in the learner's own folder. */
function ownFolder(
  folder: string,
  session: Session,
  { backends: { otlpHttpUrl } }: CheckContext,
  report: (line: string) => void,
) {
  return {
    launchFile(
      file: string,
      { isAuto, flags }: { isAuto: boolean; flags: readonly string[] },
    ): Launch {
      const program = {
        command: DENO,
        args: ["run", ...APP_PERMISSIONS, file],
      };
      return {
        name: file,
        cwd: folder,
        env: {
          OTEL_EXPORTER_OTLP_ENDPOINT: otlpHttpUrl,
          ...givenTelemetryFlags(parseFlags(flags, TELEMETRY_FLAGS).flags),
        },
        ...isAuto ? ourselves(["auto", "--", program.command, ...program.args]) : program,
      };
    },
    async writeSolution(files: readonly SolutionFile[]) {
      const { kept } = await writeOver(session, "solution", files);
      for (const [path, name] of kept) report(`your ${path} was saved as ${name}`);
    },
  };
}

/** This program with other arguments. */
function ourselves(args: string[]): Pick<Launch, "command" | "args"> {
  if (Deno.build.standalone) return { command: Deno.execPath(), args };
  const permissions = [...APP_PERMISSIONS, "--allow-run"];
  return { command: Deno.execPath(), args: ["run", ...permissions, MAIN, ...args] };
}
