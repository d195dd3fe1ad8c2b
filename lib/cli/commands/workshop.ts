import { type Command, defineCommand } from "../command.ts";
import { UsageError } from "../errors.ts";
import { section } from "../flags/help.ts";
import { handout, slides } from "../workshop/material.ts";
import { init } from "../workshop/init.ts";
import { newStep } from "../workshop/new_step.ts";
import { pack } from "../workshop/pack.ts";
import { reset } from "../workshop/reset.ts";

const WORDS: Record<string, { summary: string; command: Command }> = {
  init: { summary: "Create your folder for the workshop", command: init },
  handout: { summary: "Write the course as a page to print", command: handout },
  slides: { summary: "Write slides made from the steps", command: slides },
  pack: { summary: "Put everything for a room without a network on a stick", command: pack },
  reset: { summary: "Remove everything that a group left behind", command: reset },
  "new-step": { summary: "Create a step for your own course", command: newStep },
};

/** `otel-kit workshop`: creates folders for taking the course and for teaching it. */
export const workshop: Command = {
  ...defineCommand({
    name: "workshop",
    flags: {},
    words: Object.keys(WORDS),
    arguments: "last",
    help: () => ({
      usage: "WORD [flags]",
      words: section("Words", Object.entries(WORDS).map(([word, { summary }]) => [word, summary])),
      more: ["For the flags of a word, run `otel-kit workshop WORD --help`."],
    }),
    async run({ rest: [word = "", ...args] }, context) {
      if (Object.hasOwn(WORDS, word)) return await WORDS[word]!.command.run(args, context);
      throw new UsageError(
        `Unknown word "${word}": expected one of ${Object.keys(WORDS).join(", ")}`,
      );
    },
  }),
  // The flags of all words, each once.
  flags: Object.fromEntries(
    Object.values(WORDS).flatMap(({ command }) => Object.entries(command.flags)),
  ),
};
