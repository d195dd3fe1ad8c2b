import type { Output } from "./output.ts";

/** What a command gets from the process it runs in. */
export interface CommandContext {
  /** Aborts when the command is to end: Ctrl-C or SIGTERM. */
  stop: AbortSignal;
  output: Output;
}

/** One word after `otel-kit`. */
export interface Command {
  /** Runs the command with the arguments after its name; returns the exit code. */
  run(args: string[], context: CommandContext): Promise<number>;
}
