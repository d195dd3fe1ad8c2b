import type { Command } from "../command.ts";
import { UsageError } from "../errors.ts";
import { type Flag, parseMixed } from "../flags.ts";
import { flagEntries, section, wrap } from "../help.ts";
import { describeCounts, programFolder, readFiles, writeFiles } from "../text_files.ts";

const DEFAULT_FOLDER = "workshop";

const FLAGS: readonly Flag[] = [
  { name: "force", aliases: ["f"], help: "Overwrite files that are there and differ" },
  { name: "help", aliases: ["h"], help: "Print this help" },
];

/** `otel-kit workshop init`: lays out the learner's folder. */
export const init: Command = {
  flags: FLAGS,
  async run(args, { output }) {
    const { values, rest: [folder = DEFAULT_FOLDER, other] } = parseMixed(args, FLAGS);
    if (values.has("help")) {
      output.data(help());
      return 0;
    }
    if (other !== undefined) throw new UsageError(`Cannot use "${other}": expected one folder`);
    const files = await readFiles(programFolder("lib/workshop/template"));
    const written = await writeFiles(folder, files, { isForced: values.has("force") });
    for (const path of written.paths) output.data(path);
    output.status(`Files in ${folder}: ${describeCounts(written)}`);
    output.status(`Next: read ${folder}/README.md, then otel-kit guide --dir ${folder}`);
    return 0;
  },
};

function help(): string {
  return [
    "Usage: otel-kit workshop init [DIR] [flags]",
    wrap(
      `Lays out your folder for the workshop in DIR (default ${DEFAULT_FOLDER}): the base app, and ` +
        "a file for each exercise.",
    ),
    section("Flags", flagEntries(FLAGS)),
  ].join("\n\n");
}
