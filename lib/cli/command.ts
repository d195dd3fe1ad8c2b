import type { CommandDescription } from "./flags/completion_scripts.ts";
import type { Flag } from "./flags/flags.ts";
import type { Output } from "./output.ts";
import type { Signals } from "./signals.ts";

/** What a command gets from the process it runs in. */
export interface CommandContext {
  /** Aborts when the command is to end: Ctrl-C or SIGTERM. */
  stop: AbortSignal;
  /** Takes signals away from that, for a program that is run. */
  signals: Pick<Signals, "take">;
  output: Output;
  /** All commands with what can be typed after them. */
  describeCommands: () => Promise<CommandDescription[]>;
}

/** One word after `otel-kit`. */
export interface Command {
  /** The flags that it takes. */
  flags: readonly Flag[];
  /** What its first argument may be, where it takes one of a few words. */
  words?: readonly string[];
  /** Whether a program and its arguments may follow the flags. */
  takesProgram?: boolean;
  /** Runs the command with the arguments after its name; returns the exit code. */
  run(args: string[], context: CommandContext): Promise<number>;
}
