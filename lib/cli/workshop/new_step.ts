import { basename, resolve } from "node:path";
import { messageOf } from "../../error_message.ts";
import { COURSE_FILE, ID, readStepFileName } from "../../workshop/course/names.ts";
import { shellPath } from "../../shell_words.ts";
import { defineCommand } from "../command.ts";
import { StartError, UsageError } from "../errors.ts";
import type { FlagTable } from "../flags/flags.ts";
import { type Help, section } from "../flags/help.ts";
import { programFolder } from "../../program_files.ts";
import { ownCommand, readOwnProgram } from "../guide/own_command.ts";
import { readFiles, type TextFile, writeFiles } from "../files/text_files.ts";

const DEFAULT_COURSE = "course";

const FLAGS = {
  course: {
    placeholder: "DIR",
    nonEmpty: true,
    help: `The folder of your course (default ${DEFAULT_COURSE})`,
  },
} as const satisfies FlagTable;

/** `otel-kit workshop new-step`: adds a step after the last one, for the teacher to edit. */
export const newStep = defineCommand({
  name: "workshop new-step",
  flags: FLAGS,
  arguments: "mixed",
  help,
  async run({ flags: { course: folder = DEFAULT_COURSE }, rest: [givenId, other] }, { output }) {
    if (other !== undefined) throw new UsageError(`Cannot use "${other}": expected one id`);
    const present = await listFiles(folder);
    const { id, number } = placeOf(present, givenId);
    const shown = shellPath(folder);
    const files = (await readFiles(programFolder("lib/workshop/step_template")))
      .filter(({ path }) => path !== COURSE_FILE || !present.includes(path))
      .map((file) => fillIn(file, { id, number, folder, shown }));
    const { paths } = await writeFiles(folder, files, { isForced: false });
    for (const path of paths) output.data(path);
    const command = await ownCommand(Deno.cwd(), readOwnProgram());
    output.status(`Next: edit the step, then run ${command} guide show ${id} --course ${shown}`);
    return 0;
  },
});

/** The names of existing files; none if the folder does not exist yet. */
async function listFiles(folder: string): Promise<string[]> {
  try {
    return (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    const reason = error instanceof Deno.errors.NotADirectory
      ? "it is a file. Name another folder"
      : messageOf(error);
    throw new StartError(`Cannot read "${folder}": ${reason}`, { cause: error });
  }
}

/** The step's id and number, which follows the last one. */
function placeOf(
  present: readonly string[],
  givenId: string | undefined,
): { id: string; number: string } {
  const steps = present.flatMap((name) => {
    const place = readStepFileName(name);
    return place ? [{ name, ...place }] : [];
  });
  const next = Math.max(0, ...steps.map(({ number }) => parseInt(number))) + 1;
  if (next > 99) throw new UsageError("Cannot add a step after 99: a number has two digits");
  const id = givenId ?? `step-${next}`;
  if (!ID.test(id)) {
    throw new UsageError(`Cannot use "${id}": expected an id such as see-manual`);
  }
  const twin = steps.find((step) => step.id === id);
  if (twin) throw new UsageError(`Cannot use "${id}": ${twin.name} has that id. Choose another`);
  return { id, number: String(next).padStart(2, "0") };
}

function fillIn(
  { path, text }: TextFile,
  { id, number, folder, shown }: { id: string; number: string; folder: string; shown: string },
): TextFile {
  return {
    path: path === COURSE_FILE ? path : `${number}-${id}.yaml`,
    text: text.replaceAll("my-step", id)
      .replaceAll("my-course", courseIdOf(folder))
      // It is used in comments, which end at the end of a line.
      .replaceAll("COURSE_DIR", () => shown.replaceAll("\n", " ")),
  };
}

/** Progress is stored under it, so courses in different folders need different ones. */
function courseIdOf(folder: string): string {
  const words = basename(resolve(folder)).toLowerCase().match(/[a-z0-9]+/g);
  return words?.join("-") ?? "my-course";
}

function help(): Help {
  return {
    usage: "[ID] [flags]",
    about: "Writes a step into the folder of your course, after the last one, for you to edit: " +
      "it works unchanged, and comments show everything that a step can have. If the folder has " +
      `no ${COURSE_FILE} that is created, too. Nothing is overwritten.`,
    more: [
      section("Try it", [
        ["begin a course", "otel-kit workshop new-step see-it"],
        ["is it right?", `otel-kit guide list --course ${DEFAULT_COURSE}`],
        ["take the step", `otel-kit guide show see-it --course ${DEFAULT_COURSE}`],
      ]),
    ],
  };
}
