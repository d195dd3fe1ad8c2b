import type { CommandDescription } from "./flags/completion_scripts.ts";
import { UsageError } from "./errors.ts";
import type { EscapedErrorListener } from "./escaped_errors.ts";
import { commandHelp, type Help, shortHelp } from "./flags/help.ts";
import { type FlagTable, type ParsedFlags, parseFlags, parseMixed } from "./flags/flags.ts";
import type { Output } from "./output.ts";
import type { Signals } from "./signals.ts";

/** The environment of a command in its process. */
export interface CommandContext {
  /** Aborts when the command should end: at Ctrl-C or SIGTERM. */
  stop: AbortSignal;
  /** Redirects signals to a program that is being run. */
  signals: Pick<Signals, "take">;
  output: Output;
  /** Passes on uncaught errors until disposed; otherwise they end the process. */
  catchEscaped?: (listener: EscapedErrorListener) => Disposable;
  /** All commands with their arguments. */
  describeCommands: () => Promise<CommandDescription[]>;
}

/** One word after `otel-kit`. */
export interface Command {
  /** The flags that it accepts, including `--help`. */
  flags: FlagTable;
  /** The possible first arguments, if it takes one of a few words. */
  words?: readonly string[];
  /** Whether the flags may be followed by a program with arguments. */
  takesProgram?: boolean;
  /** All that can be said about it: what `--help` prints or, if that is short, `--help-all`. */
  helpText(): string;
  /** Runs the command with the arguments after its name; returns the exit code. */
  run(args: readonly string[], context: CommandContext): Promise<number>;
}

/** The definition of a command. */
export interface CommandDefinition<T extends FlagTable>
  extends Pick<Command, "words" | "takesProgram"> {
  /** The word after `otel-kit`. */
  name: string;
  /** Its flags, except `--help`. */
  flags: T;
  /**
   * Where its own arguments may be: nowhere (the default), among its flags, or after them; in that case,
   * everything from the first one on is left untouched.
   */
  arguments?: "none" | "mixed" | "last";
  /** The flags that `--help` lists if there are too many for a screen; `--help-all` lists all. */
  usualFlags?: readonly (keyof T & string)[];
  /** The text of `--help`, created on demand. */
  help(): Help;
  /** Runs the command with its parsed arguments; returns the exit code. */
  run(parsed: ParsedFlags<T>, context: CommandContext): Promise<number>;
}

const HELP_FLAG = {
  help: { aliases: ["h"], reference: true, help: "Print this help" },
} as const satisfies FlagTable;

const HELP_ALL_FLAG = {
  "help-all": { help: "Print the help of all flags" },
} as const satisfies FlagTable;

/** Creates a command from its definition: it parses its arguments, and handles `--help`. */
export function defineCommand<const T extends FlagTable>(
  definition: CommandDefinition<T>,
): Command {
  const { name, help, run, arguments: place = "none", usualFlags, ...described } = definition;
  const flags = { ...definition.flags, ...HELP_FLAG, ...usualFlags && HELP_ALL_FLAG };
  const helpText = () => commandHelp(name, help(), flags);
  const shortText = () => usualFlags ? shortHelp(name, help(), flags, usualFlags) : helpText();
  return {
    ...described,
    flags,
    helpText,
    async run(args, context) {
      const parse = place === "mixed" ? parseMixed : parseFlags;
      const parsed = parse(args, flags);
      if (parsed.flags.help || parsed.flags["help-all"]) {
        context.output.data(parsed.flags["help-all"] ? helpText() : shortText());
        return 0;
      }
      if (place === "none" && parsed.rest.length > 0) {
        throw new UsageError(`Cannot use "${parsed.rest[0]}": ${name} takes flags only`);
      }
      return await run(parsed, context);
    },
  };
}
