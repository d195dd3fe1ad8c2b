import type { Command } from "../command.ts";
import { UsageError } from "../errors.ts";
import { section } from "../flags/help.ts";
import { init } from "../workshop/init.ts";
import { newStep } from "../workshop/new_step.ts";

const WORDS: Record<string, { summary: string; command: Command }> = {
  init: { summary: "Lay out your folder for the workshop", command: init },
  "new-step": { summary: "Write a step for a course of your own", command: newStep },
};

/** `otel-kit workshop`: folders, for who takes the course and for who gives it. */
export const workshop: Command = {
  flags: flagsOf(Object.values(WORDS).map(({ command }) => command)),
  words: Object.keys(WORDS),
  async run([word = "", ...args], context) {
    if (word === "--help" || word === "-h") {
      context.output.data(help());
      return 0;
    }
    if (Object.hasOwn(WORDS, word)) return await WORDS[word]!.command.run(args, context);
    throw new UsageError(`Unknown word "${word}": expected ${Object.keys(WORDS).join(" or ")}`);
  },
};

/** What the words take together, each once. */
function flagsOf(commands: readonly Command[]): Command["flags"] {
  const flags = commands.flatMap(({ flags }) => flags);
  return [...new Map(flags.map((flag) => [flag.name, flag])).values()];
}

function help(): string {
  return [
    "Usage: otel-kit workshop WORD [flags]",
    section("Words", Object.entries(WORDS).map(([word, { summary }]) => [word, summary])),
    "After a word, --help prints the help of that word.",
  ].join("\n\n");
}
