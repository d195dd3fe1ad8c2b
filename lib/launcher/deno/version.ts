import { messageOf } from "../../error_message.ts";
import { asExecuted } from "../shebang.ts";

/** The oldest version whose telemetry is known here. */
export const OLDEST_DENO = "2.7.11";

/** How long a command may take to say its version. */
const TIME_LIMIT_MS = 5000;

/** Whoever says more has not understood the question. */
const MAX_ANSWER_LENGTH = 65_536;

/** The version of a command, such as `2.9.6`, or why it is not known. */
export type AskedVersion =
  | { version: string; reason?: never }
  | { version?: never; reason: string };

/** Whether a version is that one or newer. */
export function isAtLeast(version: string, since: string): boolean {
  const wanted = since.split(".").map(Number);
  const given = version.split(".").map(Number);
  const differing = wanted.findIndex((part, i) => part !== given[i]);
  return differing === -1 || given[differing]! > wanted[differing]!;
}

/**
 * Asks Deno for its version: the very file that is going to be run, which may be a script around
 * Deno, or what chooses among several versions by environment and folder.
 *
 * @param path The file, with its folder.
 * @param env The environment of the program. What it says of telemetry is left out, so that nothing
 *   is sent, and nothing refused.
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

/** What it wrote until it ended; undefined if it has not ended in time, in which case it is killed. */
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
      // It has ended.
    }
    // What it started itself may live on and hold the stream open.
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
