import { basename, dirname, join, resolve } from "node:path";
import { messageOf } from "../../error_message.ts";
import { readProgress } from "../../workshop/progress/progress_file.ts";
import { defineCommand } from "../command.ts";
import { StartError, UsageError } from "../errors.ts";
import type { FlagTable } from "../flags/flags.ts";
import { defaultProgressPath } from "../guide/session.ts";
import { clearClass } from "../class/clear_class.ts";

/** Files of every learner's folder; a folder without them is somebody else's. */
const MARKS = ["base.ts", "deno.json"];

const FLAGS = {
  progress: {
    placeholder: "FILE",
    nonEmpty: true,
    file: true,
    help: "File that stores the progress",
  },
  class: {
    placeholder: "URL",
    nonEmpty: true,
    help: "The teacher's page of a running class, with its token: its rows are removed, too",
  },
  yes: { aliases: ["y"], help: "Remove it; otherwise, it is only listed" },
} as const satisfies FlagTable;

/** `otel-kit workshop reset`: leaves nothing of the last group. */
export const reset = defineCommand({
  name: "workshop reset",
  flags: FLAGS,
  arguments: "mixed",
  help: () => ({
    usage: "[DIR] [flags]",
    about:
      "Removes everything that a learner left on this machine: the learner's folder with all " +
      "files in it (DIR, or the one that the guide remembers), and the progress in all courses, " +
      "with answers and evidence. Files that learners wrote elsewhere stay, such as summaries.",
  }),
  async run({ flags, rest: [given, other] }, { output }) {
    if (other !== undefined || given === "") {
      throw new UsageError(`Cannot use "${other ?? given}": expected one folder`);
    }
    const progress = resolve(flags.progress ?? defaultProgressPath());
    const folders = given === undefined ? await rememberedFolders(progress) : [resolve(given)];
    const found: string[] = [];
    for (const folder of folders) {
      if (await checkFolder(folder)) found.push(folder);
      else if (given !== undefined) output.status(`There is no folder ${folder}`);
    }
    found.push(...await progressFiles(progress));
    if (!flags.yes) {
      for (const path of found) output.data(path);
      output.status(
        found.length === 0
          ? "There is nothing to remove"
          : "Nothing was removed yet. To remove all of this, add --yes",
      );
      return found.length === 0 ? 0 : 1;
    }
    if (flags.class !== undefined) {
      const removed = await clearClass(flags.class);
      output.status(`Rows of the class removed: ${removed}`);
    }
    for (const path of found) {
      await remove(path);
      output.data(path);
    }
    output.status(found.length === 0 ? "There was nothing to remove" : "Removed");
    return 0;
  },
});

/** The folders that the progress names; none if there is no progress. */
async function rememberedFolders(path: string): Promise<string[]> {
  const { progress } = await readProgress(path);
  return [...new Set(Object.values(progress.courses).flatMap(({ folder }) => folder ?? []))];
}

/** Whether the folder exists. @throws {StartError} If it isn't a learner's. */
async function checkFolder(folder: string): Promise<boolean> {
  if (!await exists(folder)) return false;
  const isOurs = (await Promise.all(MARKS.map((name) => exists(join(folder, name))))).every(
    Boolean,
  );
  const isAround = `${Deno.cwd()}/`.startsWith(`${folder}/`);
  if (isOurs && !isAround) return true;
  throw new StartError(
    isAround
      ? `Cannot remove "${folder}": you are in it. Run the command from another folder`
      : `Cannot remove "${folder}": it has no ${
        MARKS.join(" and ")
      }, so it isn't a learner's folder`,
  );
}

/** The progress, and what was saved beside it. */
async function progressFiles(path: string): Promise<string[]> {
  const files: string[] = [];
  try {
    for await (const { name } of Deno.readDir(dirname(path))) {
      const isBeside = name.startsWith(`${basename(path)}.`) && /\.(broken-\w+|tmp)$/.test(name);
      if (name === basename(path) || isBeside) files.push(join(dirname(path), name));
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return files.sort();
}

async function exists(path: string): Promise<boolean> {
  return await Deno.lstat(path).then(() => true, () => false);
}

async function remove(path: string): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    throw new StartError(`Cannot remove "${path}": ${messageOf(error)}`, { cause: error });
  }
}
