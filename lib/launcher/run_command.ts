import { findCommand } from "./find_command.ts";
import { startGroupWitness } from "./group_witness.ts";
import { asExecuted } from "./shebang.ts";

/** The program to run. */
export interface Program {
  command: string;
  args: readonly string[];
  /** The whole environment. */
  env: Record<string, string>;
  /** The signal that replaces a SIGTERM that only this process received. */
  sigtermAs?: Deno.Signal;
}

/** Dependencies of {@linkcode runCommand} on its process. */
export interface LauncherHost {
  signals: {
    take(signals: readonly Deno.Signal[], listener: (signal: Deno.Signal) => void): Disposable;
  };
  /** Receives messages for the user. */
  report: (message: string) => void;
}

const NOT_EXECUTABLE = 126;

const FORWARDED: readonly Deno.Signal[] = Deno.build.os === "windows"
  ? ["SIGINT", "SIGBREAK"]
  : ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2"];

/** Signals that a terminal sends to every program in its foreground, and so to the child as well. */
const FROM_TERMINAL: readonly Deno.Signal[] = ["SIGINT", "SIGQUIT", "SIGHUP", "SIGBREAK"];

/**
 * Runs a program in place of this one: it uses the terminal and the standard streams, receives this process's
 * signals, unless it got them directly, and its exit code is returned; 128 + n if signal n ended it, 127 if
 * there is no such command, 126 if it cannot be run. It outlives this process only after SIGKILL, which can't
 * be forwarded.
 */
export async function runCommand(
  { command, args, env, sigtermAs = "SIGTERM" }: Program,
  { signals, report }: LauncherHost,
): Promise<number> {
  const found = findCommand(command, env);
  if (found.path === undefined) {
    report(`Cannot run "${command}": ${found.reason}`);
    return found.exitCode;
  }
  let child: Deno.ChildProcess | undefined;
  const isInTerminal = [Deno.stdin, Deno.stdout, Deno.stderr].some((one) => one.isTerminal());
  using witness = startGroupWitness();
  using _ = signals.take(FORWARDED, async (signal) => {
    const isForAll = witness
      ? await witness.sawIt(signal)
      : isInTerminal && FROM_TERMINAL.includes(signal);
    if (isForAll) return;
    try {
      child?.kill(signal === "SIGTERM" ? sigtermAs : signal);
    } catch {
      // It ended before the signal.
    }
  });
  try {
    const executed = asExecuted(found.path, args);
    child = new Deno.Command(executed.command, {
      args: executed.args,
      env,
      clearEnv: true,
      stdin: "inherit",
      stdout: "inherit",
      stderr: "inherit",
    }).spawn();
  } catch (error) {
    report(`Cannot run "${command}": ${explain(error as Error)}`);
    return NOT_EXECUTABLE;
  }
  return (await child.status).code;
}

/** Why an existing executable file did not start. */
function explain(error: Error): string {
  if (error instanceof Deno.errors.NotCapable) return error.message;
  if (error instanceof Deno.errors.NotFound) {
    return "the interpreter in its first line is missing. Correct that line, or name the " +
      "interpreter before it";
  }
  if (error.message.includes("os error 8")) {
    return "it is not a program for this system";
  }
  return error.message;
}
