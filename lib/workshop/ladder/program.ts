import { basename, join } from "node:path";
import { within } from "../../time.ts";
import { readsFileRungs, unreadableFileRungs } from "./config_file.ts";
import { broken, type Climb, type ExpectedProgram, type Rung } from "./rung.ts";

const SOURCE_FILE = /\.[cm]?[jt]sx?$/;
const MODE = /^--mode=(\w+)$/;
const CHECK_PATIENCE_MS = 20_000;

/** Why the learner's file can't be run: no Deno, no file, or a mistake in its code. Empty if it can. */
export async function fileRungs({ program }: Pick<Climb, "program">): Promise<Rung[]> {
  if (!program?.file || program.isBuiltIn) return unreadableFileRungs(program?.configFile);
  const { folder, name } = program.file;
  try {
    await Deno.stat(join(folder, name));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return [
      broken(
        "file",
        `there is no ${name} in ${folder}`,
        "Restore it with otel-kit workshop init, or set your folder with --dir.",
      ),
    ];
  }
  const mistake = await findMistake(program);
  return mistake ? [mistake] : [];
}

/** The program at the app's address, if it isn't the one that the step is about, or reads other settings. */
export function portRungs(way: Climb): Rung[] {
  const { environment: { args, variables }, program, appUrl } = way;
  if (!args || !program) return [];
  const { file, mode, isAuto } = program;
  const wanted = file?.name ?? `the app in mode ${mode}`;
  const running = describeProgram(args);
  const isWanted = running === undefined || running === wanted ||
    running === `the app in mode ${mode}`;
  if (!isWanted) {
    return [
      broken(
        "port",
        `the program at ${appUrl} is ${running}, and this step is about ${wanted}`,
        `Press Ctrl-C in the terminal of ${running}, and start ${wanted}.`,
      ),
    ];
  }
  const isLaunched = args.includes("auto") || args.includes("--mode=auto") ||
    variables["OTEL_DENO"] === "true";
  if (isAuto && !isLaunched) {
    return [
      broken(
        "launcher",
        `${running ?? wanted} runs without otel-kit auto, so nothing instruments it`,
        `Stop it, and start it with the launcher: otel-kit auto ... -- deno run --allow-net ${wanted}`,
      ),
    ];
  }
  return readsFileRungs(way);
}

/** The file or the mode in a command line, or in what it launches; undefined if there is none. */
function describeProgram(all: readonly string[]): string | undefined {
  const auto = all.indexOf("auto");
  const command = auto < 0 ? -1 : all.indexOf("--", auto);
  // Without a command, the launcher runs the base app in the executable.
  if (auto >= 0 && command < 0) return undefined;
  const args = all.slice(command + 1);
  const at = args.indexOf("--mode");
  const mode = at >= 0 ? args[at + 1] : args.map((arg) => MODE.exec(arg)?.[1]).find(Boolean);
  if (mode !== undefined) return `the app in mode ${mode}`;
  const file = args.slice(1).find((arg) => !arg.startsWith("-") && SOURCE_FILE.test(arg));
  return file === undefined ? undefined : basename(file);
}

/** The first mistake that Deno finds in the file without running it. */
async function findMistake({ file, deno }: ExpectedProgram): Promise<Rung | undefined> {
  const { folder, name } = file!;
  if (Deno.permissions.querySync({ name: "run", command: deno }).state !== "granted") return;
  try {
    const child = new Deno.Command(deno, {
      args: ["check", "--quiet", name],
      cwd: folder,
      env: { NO_COLOR: "1" },
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).spawn();
    const output = child.output();
    if (!await within(CHECK_PATIENCE_MS, output)) {
      child.kill("SIGKILL");
      await output;
      return;
    }
    const { success, stderr } = await output;
    if (success) return;
    return broken(
      "file",
      `${name} has a mistake: ${readMistake(new TextDecoder().decode(stderr), name)}`,
      "Fix it, and start the app again. Is something not imported, or is a bracket missing?",
    );
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return broken(
      "deno",
      `${name} can't be run: Deno is not installed, or not on the PATH`,
      "Install Deno 2.7.11 or newer, and open a new terminal. Without it, use the built-in apps: " +
        "otel-kit serve.",
    );
  }
}

/** The first error of `deno check`, with its line and column in the file. */
function readMistake(text: string, name: string): string {
  const lines = text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
  const first = lines.find((line) => /error/i.test(line)) ?? lines[0] ?? "deno check refuses it";
  const placed = lines.find((line) => line.includes(`/${name}:`));
  const place = placed?.slice(placed.lastIndexOf(`/${name}:`) + 1);
  const what = first.split(" at file:")[0]!
    .replace(/^error: /i, "").replace(/^TS\d+ \[ERROR\]: /, "");
  return place === undefined ? what : `${what} (${place})`;
}
