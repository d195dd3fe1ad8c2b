import type { Command } from "../command.ts";
import { type Shell, SHELLS, writeCompletions } from "../flags/completion_scripts.ts";
import { UsageError } from "../errors.ts";
import { type Flag, parseFlags } from "../flags/flags.ts";
import { flagEntries, section } from "../flags/help.ts";

const FLAGS: readonly Flag[] = [{ name: "help", aliases: ["h"], help: "Print this help" }];

/** `otel-kit completions`: what a shell needs to complete commands, flags and values. */
export const completions: Command = {
  flags: FLAGS,
  words: SHELLS,
  async run(args, { output, describeCommands }) {
    const { values, rest: [shell, ...others] } = parseFlags(args, FLAGS);
    if (values.has("help")) {
      output.data(help());
      return 0;
    }
    if (!isShell(shell) || others.length > 0) {
      const given = [shell, ...others].filter(Boolean).join(" ");
      throw new UsageError(`Cannot complete for "${given}": expected ${SHELLS.join(", ")}`);
    }
    output.data(writeCompletions(shell, await describeCommands()));
    return 0;
  },
};

function isShell(name: string | undefined): name is Shell {
  return SHELLS.some((shell) => shell === name);
}

function help(): string {
  return [
    `Usage: otel-kit completions ${SHELLS.join("|")}`,
    section("Flags", flagEntries(FLAGS)),
    section("Try it", [
      ["bash", "source <(otel-kit completions bash)"],
      ["zsh", "source <(otel-kit completions zsh)"],
      ["fish", "otel-kit completions fish | source"],
    ]),
  ].join("\n\n");
}
