import { defineCommand } from "../command.ts";
import { type Shell, SHELLS, writeCompletions } from "../flags/completion_scripts.ts";
import { UsageError } from "../errors.ts";
import { section } from "../flags/help.ts";

/** `otel-kit completions`: a script with which a shell completes commands, flags and values. */
export const completions = defineCommand({
  name: "completions",
  flags: {},
  words: SHELLS,
  arguments: "mixed",
  help: () => ({
    usage: SHELLS.join("|"),
    more: [
      section("Try it", [
        ["bash", "source <(otel-kit completions bash)"],
        ["zsh", "source <(otel-kit completions zsh)"],
        ["fish", "otel-kit completions fish | source"],
      ]),
    ],
  }),
  async run({ rest: [shell, ...others] }, { output, describeCommands }) {
    if (!isShell(shell) || others.length > 0) {
      const given = [shell, ...others].filter(Boolean).join(" ");
      throw new UsageError(`Cannot complete for "${given}": expected ${SHELLS.join(", ")}`);
    }
    output.data(writeCompletions(shell, await describeCommands()));
    return 0;
  },
});

function isShell(name: string | undefined): name is Shell {
  return SHELLS.some((shell) => shell === name);
}
