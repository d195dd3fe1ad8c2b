import { messageOf } from "../../error_message.ts";
import { asExecuted } from "../shebang.ts";

/** The oldest version whose telemetry is supported. */
export const OLDEST_DENO = "2.7.11";

/** How long a command may take to print its version. */
const TIME_LIMIT_MS = 5000;

/** Longer output is not a version. */
const MAX_ANSWER_LENGTH = 65_536;

/** The version of a command, such as `2.9.6`, or why it is unknown. */
export type AskedVersion =
  | { version: string; reason?: never }
  | { version?: never; reason: string };

/** Whether a version is at least the other one. */
export function isAtLeast(version: string, since: string): boolean {
  const wanted = since.split(".").map(Number);
  const given = version.split(".").map(Number);
  const differing = wanted.findIndex((part, i) => part !== given[i]);
  return differing === -1 || given[differing]! > wanted[differing]!;
}

/**
 * Runs Deno to get its version. It runs the very file that will run the program, which may be a script around
 * Deno, or a version manager that depends on environment and folder.
 *
 * @param path The file, with its folder.
 * @param env The environment of the program. Its telemetry settings are left out, so that nothing is sent or
 * rejected.
 */
export async function askDenoVersion(
  path: string,
  env: Record<string, string>,
  timeLimitMs = TIME_LIMIT_MS,
): Promise<AskedVersion> {
  const quiet = Object.fromEntries(Object.entries(env).filter(([name]) => !/^OTEL_/.test(name)));
  let child: Deno.ChildProcess;
  try {
    const { command, args } = asExecuted(path, ["--version"]);
    child = new Deno.Command(command, {
      args,
      clearEnv: true,
      env: quiet,
      stdin: "null",
      stdout: "piped",
      stderr: "null",
    }).spawn();
  } catch (error) {
    return { reason: messageOf(error) };
  }
  const said = await readInTime(child, timeLimitMs);
  if (said === undefined) return { reason: `it did not answer within ${timeLimitMs / 1000} s` };
  const [, version] = /^deno (\d+\.\d+\.\d+)/m.exec(said) ?? [];
  return version === undefined
    ? { reason: `it answered "${said.trim().slice(0, 80)}" to --version` }
    : { version };
}

/** Its output; undefined if it did not end in time and was killed. */
async function readInTime(
  child: Deno.ChildProcess,
  timeLimitMs: number,
): Promise<string | undefined> {
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    try {
      child.kill("SIGKILL");
    } catch {
      // It has already ended.
    }
    // A child process of it may still hold the stream open.
    reader.cancel();
  }, timeLimitMs);
  let text = "";
  while (text.length < MAX_ANSWER_LENGTH) {
    const { done, value } = await reader.read();
    if (done) break;
    text += value;
  }
  await reader.cancel();
  await child.status;
  clearTimeout(timer);
  return isLate ? undefined : text;
}
