import type { CommandDescription } from "./flags/completion_scripts.ts";
import { UsageError } from "./errors.ts";
import type { EscapedErrorListener } from "./escaped_errors.ts";
import { commandHelp, type Help } from "./flags/help.ts";
import { type FlagTable, type ParsedFlags, parseFlags, parseMixed } from "./flags/flags.ts";
import type { Output } from "./output.ts";
import type { Signals } from "./signals.ts";

/** What a command gets from the process it runs in. */
export interface CommandContext {
  /** Aborts when the command is to end: Ctrl-C or SIGTERM. */
  stop: AbortSignal;
  /** Takes signals away from that, for a program that is run. */
  signals: Pick<Signals, "take">;
  output: Output;
  /** Hands over errors that nothing caught, until disposed; otherwise they end the process. */
  catchEscaped?: (listener: EscapedErrorListener) => Disposable;
  /** All commands with what can be typed after them. */
  describeCommands: () => Promise<CommandDescription[]>;
}

/** One word after `otel-kit`. */
export interface Command {
  /** The flags that it takes, `--help` among them. */
  flags: FlagTable;
  /** What its first argument may be, where it takes one of a few words. */
  words?: readonly string[];
  /** Whether a program and its arguments may follow the flags. */
  takesProgram?: boolean;
  /** What `--help` prints. */
  helpText(): string;
  /** Runs the command with the arguments after its name; returns the exit code. */
  run(args: readonly string[], context: CommandContext): Promise<number>;
}

/** A command as it is written. */
export interface CommandDefinition<T extends FlagTable>
  extends Pick<Command, "words" | "takesProgram"> {
  /** As it is typed after `otel-kit`. */
  name: string;
  /** Its flags, but for `--help`. */
  flags: T;
  /**
   * Where arguments of its own may stand: nowhere (the default), beside its flags, or behind them,
   * where everything from the first one on is left untouched.
   */
  arguments?: "none" | "mixed" | "last";
  /** What `--help` prints, made when it is asked for. */
  help(): Help;
  /** Runs the command with what was given; returns the exit code. */
  run(parsed: ParsedFlags<T>, context: CommandContext): Promise<number>;
}

const HELP_FLAG = {
  help: { aliases: ["h"], reference: true, help: "Print this help" },
} as const satisfies FlagTable;

/** Makes a command of its definition: it parses its arguments, and answers `--help`. */
export function defineCommand<const T extends FlagTable>(
  definition: CommandDefinition<T>,
): Command {
  const { name, help, run, arguments: place = "none", ...described } = definition;
  const flags = { ...definition.flags, ...HELP_FLAG };
  const helpText = () => commandHelp(name, help(), flags);
  return {
    ...described,
    flags,
    helpText,
    async run(args, context) {
      const parse = place === "mixed" ? parseMixed : parseFlags;
      const parsed = parse(args, flags);
      if (parsed.flags.help) {
        context.output.data(helpText());
        return 0;
      }
      if (place === "none" && parsed.rest.length > 0) {
        throw new UsageError(`Cannot use "${parsed.rest[0]}": ${name} takes flags only`);
      }
      return await run(parsed, context);
    },
  };
}
