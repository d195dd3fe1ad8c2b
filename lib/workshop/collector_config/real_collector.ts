import { within } from "../../time.ts";

/** The names of the program, in the order in which they are tried. */
const PROGRAMS = ["otelcol-contrib", "otelcol"];
const PATIENCE_MS = 10_000;

/** What the Collector on this machine says about a configuration. */
export interface RealVerdict {
  program: string;
  /** Why it refuses the file; undefined if it accepts it. */
  mistake?: string;
}

/**
 * Has the Collector on PATH validate a file; undefined if there is none, if it may not be run, or if the file
 * needs a component that this distribution of the Collector lacks.
 */
export async function askRealCollector(path: string): Promise<RealVerdict | undefined> {
  for (const program of PROGRAMS) {
    const stderr = await validate(program, path);
    if (stderr === undefined) continue;
    if (stderr === "") return { program };
    if (stderr.includes("unknown type")) return undefined;
    const last = stderr.trimEnd().split("\n").at(-1)!;
    return { program, mistake: last.replace(/^Error: /, "").trim() };
  }
  return undefined;
}

/** What it prints about the file: nothing if the file is valid; undefined if it doesn't run. */
async function validate(program: string, path: string): Promise<string | undefined> {
  if (Deno.permissions.querySync({ name: "run", command: program }).state !== "granted") {
    return undefined;
  }
  const args = ["validate", `--config=${path}`];
  try {
    const child = new Deno.Command(program, { args, stdout: "null", stderr: "piped" }).spawn();
    const output = child.output();
    if (await within(PATIENCE_MS, output)) {
      const { success, stderr } = await output;
      return success ? "" : new TextDecoder().decode(stderr);
    }
    child.kill("SIGKILL");
    await output;
    return undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
