import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Step } from "../../workshop/course/step.ts";
import { BackgroundApp, type Launch } from "../../workshop/solve/background_app.ts";
import { solveStep } from "../../workshop/solve/solve_step.ts";
import type { CommandContext } from "../command.ts";
import { readDemoFiles } from "../demo_files.ts";
import { StartError, UsageError } from "../errors.ts";
import { readFiles, writeFiles } from "../text_files.ts";
import { resultOf, type StepResult } from "./check.ts";
import type { Session } from "./session.ts";

/** What an app of the course may do. */
const APP_PERMISSIONS = ["net", "env", "read", "sys"].map((name) => `--allow-${name}`);

/** Applies the solution of a step, and checks it; the app that it starts ends with it. */
export async function solveOne(
  step: Step,
  session: Session,
  { output, stop }: CommandContext,
): Promise<StepResult> {
  await session.begin(step);
  const context = await session.contextOf(step);
  const { otlpHttpUrl } = context.backends;
  const { port } = new URL(context.appUrl);
  await using app = new BackgroundApp();
  try {
    const outcomes = await solveStep(step, {
      context,
      app,
      launchMode: (mode, flags) =>
        ourselves([
          "serve",
          `--mode=${mode}`,
          `--port=${port}`,
          ...mode === "base" ? [] : [
            `--endpoint=${otlpHttpUrl}`,
            "--protocol=http/protobuf",
            ...flags,
          ],
        ]),
      launchFile: (file) => ({
        command: Deno.build.standalone ? "deno" : Deno.execPath(),
        args: ["run", ...APP_PERMISSIONS, file],
        cwd: folderOf(session),
        env: { OTEL_EXPORTER_OTLP_ENDPOINT: otlpHttpUrl },
      }),
      async writeSolution(paths) {
        const files = await readFiles(courseUrl(session, "solution"));
        await writeFiles(
          folderOf(session),
          files.filter(({ path }) => paths.includes(path)),
          { isForced: true },
        );
      },
      answer(ids) {
        for (const id of ids) session.progress.answers[id] = true;
      },
      async writeDemo(dir) {
        await writeFiles(join(folderOf(session), dir), await readDemoFiles(), { isForced: false });
      },
      report: (line) => output.status(`  ${line}`),
      signal: stop,
    });
    await session.note(step, outcomes, { isSolved: true });
    return await resultOf(step, outcomes, context);
  } catch (error) {
    if (error instanceof UsageError || error instanceof StartError) throw error;
    throw new StartError((error as Error).message, { cause: error });
  }
}

/** A folder beside the steps of a course. */
export function courseUrl({ courseFolder }: Session, name: string): URL {
  const folder = courseFolder instanceof URL ? fileURLToPath(courseFolder) : courseFolder;
  return pathToFileURL(join(folder, name, "/"));
}

/** The learner's folder, which this needs. */
export function folderOf({ folder }: Session): string {
  if (folder !== undefined) return folder;
  throw new UsageError(
    "Cannot write a solution without a folder: lay one out with otel-kit workshop init DIR, and " +
      "add --dir DIR",
  );
}

/** This program once more, with other arguments. */
function ourselves(args: string[]): Launch {
  if (Deno.build.standalone) return { command: Deno.execPath(), args };
  const main = fileURLToPath(new URL("../../../main.ts", import.meta.url));
  return { command: Deno.execPath(), args: ["run", ...APP_PERMISSIONS, main, ...args] };
}
