import { delimiter } from "node:path";

/** A version of Deno to measure. */
export interface MeasuredDeno {
  version: string;
  /** The path of its executable. */
  command: string;
}

/** Paths of other Deno executables, separated as in PATH. */
const VARIABLE = "OTEL_KIT_TEST_DENOS";

/** Prints the version of a Deno executable; wrappers around it do not count. */
const DESCRIBE = "console.log(JSON.stringify([Deno.version.deno, Deno.execPath()]))";

/**
 * The versions of Deno to measure, each once: the running one, then those from `--deno`, or else those in
 * OTEL_KIT_TEST_DENOS.
 *
 * @throws {Error} If one of them does not run.
 */
export async function measuredDenos(given: readonly string[]): Promise<MeasuredDeno[]> {
  const named = given.length > 0 ? given : (Deno.env.get(VARIABLE) ?? "").split(delimiter);
  const denos = new Map([[Deno.version.deno, Deno.execPath()]]);
  for (const path of named.filter(Boolean)) {
    const [version, command] = await describe(path);
    if (!denos.has(version)) denos.set(version, command);
  }
  return [...denos].map(([version, command]) => ({ version, command }));
}

async function describe(path: string): Promise<[version: string, command: string]> {
  const { success, stdout, stderr } = await new Deno.Command(path, {
    args: ["eval", "--no-config", DESCRIBE],
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  if (!success) throw new Error(`Cannot measure with ${path}: ${text(stderr)}`);
  return JSON.parse(text(stdout));
}
