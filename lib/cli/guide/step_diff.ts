import { join } from "node:path";
import { findMode } from "../../../apps/mod.ts";
import { messageOf } from "../../error_message.ts";
import type { Step } from "../../workshop/course/step.ts";
import { StartError, UsageError } from "../errors.ts";
import { type CodeDiff, diffFiles, diffModes } from "../terminal/code_diff.ts";
import { expectedProgram } from "./expected_program.ts";
import { type CoursePlaces, readLayer } from "./learner_files.ts";

/** A file of the learner's, and the course's file that it should become. */
interface Pair {
  file: string;
  from: string;
}

/** Where the files are, and how this program is called there. */
interface DiffPlaces extends CoursePlaces {
  command: string;
}

/** Whether there is something to compare in a step. */
export function hasDiff(step: Step, folder: string | undefined): boolean {
  return step.diff !== undefined || pairsOf(step, folder).length > 0;
}

/**
 * The changes from the learner's program to the step's solution, file by file; without a folder, those
 * between two modes of the app.
 *
 * @throws {UsageError} If the step changes no code.
 * @throws {StartError} If a file of the learner's can't be read.
 */
export async function stepDiffs(step: Step, places: DiffPlaces): Promise<CodeDiff[]> {
  const { folder } = places;
  const pairs = pairsOf(step, folder);
  if (folder !== undefined && pairs.length > 0) {
    return await Promise.all(pairs.map((pair) => ownDiff(pair, folder, places)));
  }
  if (step.diff) return [await modesDiff(step.diff)];
  throw new UsageError(`Step ${step.number} has no diff, because it changes no code`);
}

/** The files that the solution writes; if it writes none, the one that it runs. */
function pairsOf(step: Step, folder: string | undefined): Pair[] {
  if (folder === undefined) return [];
  const written = step.solution.flatMap((action) => "write" in action ? action.write : []);
  if (written.length > 0) return written.map(({ file, from = file }) => ({ file, from }));
  const name = expectedProgram(step, { folder }).program?.file?.name;
  return name === undefined ? [] : [{ file: name, from: name }];
}

async function ownDiff({ file, from }: Pair, folder: string, places: DiffPlaces) {
  const own = await readOwn(join(folder, file), places.command);
  const inSolution = await readLayer(places, "solution");
  // A file that no exercise changes is complete in the template.
  const layers = [...inSolution, ...await readLayer(places, "template")];
  const solved = layers.find(({ path }) => path === from);
  if (!solved) throw new UsageError(`Cannot compare ${file}: the course has no ${from}`);
  return diffFiles({ file: `your ${file}`, text: own }, {
    file: "the solution",
    text: solved.text,
  });
}

async function readOwn(path: string, command: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    const reason = error instanceof Deno.errors.NotFound
      ? `there is no such file. Restore it: ${command} guide reset`
      : messageOf(error);
    throw new StartError(`Cannot read "${path}": ${reason}`, { cause: error });
  }
}

/** A custom course can contain a name that isn't a mode. */
async function modesDiff(names: readonly [string, string]): Promise<CodeDiff> {
  const [from, to] = names.map((name) => {
    const mode = findMode(name);
    if (!mode) throw new UsageError(`Cannot show the diff: "${name}" isn't a mode`);
    return mode;
  });
  const diff = await diffModes(from!, to!);
  return { ...diff, fromFile: names[0], toFile: names[1] };
}
