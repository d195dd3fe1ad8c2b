import { join } from "node:path";
import { asCalled } from "../../workshop/course/fill_in.ts";
import { COURSE_FILE } from "../../workshop/course/names.ts";
import { shellPath } from "../../shell_words.ts";
import { defineCommand } from "../command.ts";
import { UsageError } from "../errors.ts";
import type { FlagTable } from "../flags/flags.ts";
import { EMBEDDED_COURSE, readLayer } from "../guide/learner_files.ts";
import { ownCommand, readOwnProgram } from "../guide/own_command.ts";
import { describeCounts, writeFiles } from "../files/text_files.ts";

const DEFAULT_FOLDER = "workshop";
const README = "README.md";

const FLAGS = {
  force: { aliases: ["f"], help: "Overwrite existing files that differ" },
  course: {
    placeholder: "DIR",
    nonEmpty: true,
    help: "Folder of your own course; files from its template/ are used",
  },
} as const satisfies FlagTable;

/** `otel-kit workshop init`: creates the learner's folder. */
export const init = defineCommand({
  name: "workshop init",
  flags: FLAGS,
  arguments: "mixed",
  help: () => ({
    usage: "[DIR] [flags]",
    about: `Creates your folder for the workshop in DIR (default ${DEFAULT_FOLDER}): the base ` +
      "app, and a file for each exercise.",
  }),
  async run({ flags: { course, force }, rest: [folder = DEFAULT_FOLDER, other] }, { output }) {
    if (other !== undefined || folder === "") {
      throw new UsageError(`Cannot use "${other ?? folder}": expected one folder`);
    }
    const courseFolder = course === undefined ? EMBEDDED_COURSE : await courseOf(course);
    const inFolder = await ownCommand(folder, readOwnProgram());
    const files = (await readLayer({ courseFolder }, "template")).map(({ path, text }) =>
      path === README ? { path, text: asCalled(text, inFolder) } : { path, text }
    );
    const written = await writeFiles(folder, files, { isForced: force });
    for (const path of written.paths) output.data(path);
    output.status(`Files in ${folder}: ${describeCounts(written)}`);
    const named = course === undefined ? "" : ` --course ${shellPath(course)}`;
    const flags = `--dir ${shellPath(folder)}${named}`;
    const isRead = files.some(({ path }) => path === README);
    const command = await ownCommand(Deno.cwd(), readOwnProgram());
    output.status(
      `Next: ${isRead ? `read ${join(folder, README)}, then ` : ""}${command} guide ${flags}`,
    );
    return 0;
  },
});

async function courseOf(folder: string): Promise<string> {
  const isCourse = await Deno.stat(join(folder, COURSE_FILE)).then(() => true, () => false);
  if (isCourse) return folder;
  throw new UsageError(`Cannot use --course "${folder}": expected a folder with a ${COURSE_FILE}`);
}
