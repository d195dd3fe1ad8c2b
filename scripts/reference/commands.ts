import { COMMANDS } from "../../lib/cli/run.ts";
import { generatedNote, textBlock } from "./markdown.ts";

/** The page of all commands: the output of `--help` for each. */
export async function commandsPage(): Promise<string> {
  const sections = await Promise.all(
    Object.entries(COMMANDS).map(async ([name, { summary, load }]) =>
      [`## ${name}`, `${summary}.`, textBlock((await load()).helpText())].join("\n\n")
    ),
  );
  return [
    "# Commands",
    generatedNote("`lib/cli/commands/`"),
    "Every command prints this text with `--help`. You can abbreviate flags as long as they stay " +
    "unambiguous, write `_` for `-`, and use `--flag value` or `--flag=value`. If a flag and its " +
    "[environment variable](variables.md) are both set, the flag wins.",
    ...sections,
  ].join("\n\n");
}
