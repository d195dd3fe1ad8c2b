import { delimiter } from "node:path";

/** A Deno that is measured. */
export interface MeasuredDeno {
  version: string;
  /** The path of its executable. */
  command: string;
}

/** Paths of further Denos, separated as in PATH. */
const VARIABLE = "OTEL_KIT_TEST_DENOS";

/** Prints what a Deno is; wrappers around it do not count. */
const DESCRIBE = "console.log(JSON.stringify([Deno.version.deno, Deno.execPath()]))";

/**
 * The Denos to measure, each version once: the running one, then those that are given by `--deno`, else
 * those of OTEL_KIT_TEST_DENOS.
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
