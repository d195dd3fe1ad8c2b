import { fileURLToPath } from "node:url";
import { fromSources, type Launch } from "../tests/helpers/program.ts";
import type { MeasuredDeno } from "./denos.ts";
import { status } from "./report.ts";

const ROOT = new URL("../", import.meta.url);

/** A program to measure. */
export interface MeasuredProgram {
  /** Its name, and its version of Deno. */
  name: string;
  launch: Launch;
  /** Its executable; undefined if it is run from source. */
  executable: string | undefined;
}

/** The programs that are measured for a version of Deno. */
export interface MeasuredPrograms {
  kit: MeasuredProgram;
  /** Prints a word and exits. */
  hello: MeasuredProgram;
}

/**
 * Creates executables of the kit and of a minimal program with a version of Deno, in the folder. If that
 * version can't create executables, which requires a download, both are run from source, and a message says so.
 */
export async function preparePrograms(
  deno: MeasuredDeno,
  folder: string,
): Promise<MeasuredPrograms> {
  const { command, version } = deno;
  const source = `${folder}/hello.ts`;
  await Deno.writeTextFile(source, 'console.log("hello");\n');
  const names = { kit: `otel-kit, Deno ${version}`, hello: `bare hello, Deno ${version}` };

  const hello = `${folder}/hello-${version}`;
  const compile = ["compile", "--quiet", "--no-config", `--output=${hello}`, source];
  const failure = await run(command, compile);
  if (failure !== undefined) {
    status(`Deno ${version} cannot make executables here, so it runs the sources: ${failure}`);
    const sources = { ...fromSources("main.ts", ["write", "run"]), command };
    return {
      kit: { name: names.kit, launch: sources, executable: undefined },
      hello: {
        name: names.hello,
        launch: { command, args: ["run", "--no-config", source] },
        executable: undefined,
      },
    };
  }
  status(`Building the executable with Deno ${version}`);
  const kit = `${folder}/otel-kit-${version}`;
  const script = fileURLToPath(new URL("scripts/compile.ts", ROOT));
  const broken = await run(command, ["run", "--allow-all", script, kit]);
  if (broken !== undefined) throw new Error(`Cannot build the executable: ${broken}`);
  const executable = (name: string, path: string): MeasuredProgram => ({
    name,
    launch: { command: path, args: [] },
    executable: path,
  });
  return { kit: executable(names.kit, kit), hello: executable(names.hello, hello) };
}

/** Runs a program to its end; returns the innermost error cause in its output if it failed. */
async function run(command: string, args: string[]): Promise<string | undefined> {
  const { success, stderr } = await new Deno.Command(command, {
    args,
    env: { NO_COLOR: "1" },
    stdout: "null",
  }).output();
  if (success) return undefined;
  const [text = ""] = new TextDecoder().decode(stderr).split(/\n+Stack backtrace:/);
  const lines = text.trim().split("\n");
  return lines.findLast((line) => /^ +\d+: /.test(line))?.replace(/^[ \d]+: /, "") ?? lines[0];
}
