import { basename, join } from "node:path";
import { findMode, MODE_NAMES, type ModeName, MODES } from "../../../apps/mod.ts";
import { messageOf } from "../../error_message.ts";
import { suggest } from "../../suggest.ts";
import { defineCommand } from "../command.ts";
import { StartError, UsageError } from "../errors.ts";
import type { FlagTable } from "../flags/flags.ts";
import { EMBEDDED_COURSE, readLayer } from "../guide/learner_files.ts";
import { ownCommand, readOwnProgram } from "../guide/own_command.ts";
import { type Help, section } from "../flags/help.ts";
import { MODE_FILES, readModeSource, type SourceFile } from "../app/mode_source.ts";

const ALL_NAMES = MODE_NAMES.flatMap((mode) => [mode, ...MODES[mode].aliases]);

const FLAGS = {
  dir: {
    placeholder: "DIR",
    nonEmpty: true,
    help: "Your folder: compares your file with the solution or, with two modes, your two files",
  },
  plain: { help: "Print a plain unified diff, for patch" },
} as const satisfies FlagTable;

/** `otel-kit diff`: the code that one mode adds to another. */
export const diff = defineCommand({
  name: "diff",
  flags: FLAGS,
  words: ALL_NAMES,
  arguments: "mixed",
  help,
  async run({ flags, rest }, context) {
    const modes = readModes(rest);
    const [from, to] = flags.dir === undefined
      ? await Promise.all(pairOf(modes).map(readModeSource))
      : await readOwn(flags.dir, modes);
    const { diffFiles, unifiedLines } = await import("../terminal/code_diff.ts");
    const found = diffFiles(from!, to!);
    const isPlain = flags.plain;
    const { data, status } = context.output;
    if (found.lines.length === 0) {
      for (const line of sameLines(from!, to!, modes)) isPlain ? status(line) : data(line);
    } else if (isPlain) {
      for (const line of unifiedLines(found)) data(line);
    } else {
      const { diffReport } = await import("../terminal/diff_report.ts");
      for (const line of diffReport(found)) data(line);
    }
    return 0;
  },
});

/** One or two modes. */
type Modes = [ModeName, ModeName?];

function readModes(names: readonly string[]): Modes {
  const [first, second, other] = names;
  if (first === undefined) {
    throw new UsageError(`Cannot compare nothing: expected one or two of ${MODE_NAMES.join(", ")}`);
  }
  if (other !== undefined) {
    throw new UsageError(`Cannot use "${other}": expected two modes at most`);
  }
  return second === undefined ? [readMode(first)] : [readMode(first), readMode(second)];
}

function readMode(given: string): ModeName {
  const mode = findMode(given);
  if (mode) return mode;
  const nearest = suggest(given, ALL_NAMES, { maxDistance: 2 });
  throw new UsageError(
    `Unknown mode "${given}": expected ${MODE_NAMES.join(", ")}` +
      (nearest ? `. Did you mean ${nearest}?` : ""),
  );
}

/** A single mode is compared with the plain app. */
function pairOf([first, second]: Modes): [ModeName, ModeName] {
  return second === undefined ? ["base", first] : [first, second];
}

/** The learner's file, compared with the solution or with their file for another mode. */
async function readOwn(dir: string, [first, second]: Modes): Promise<SourceFile[]> {
  const own = await readOwnFile(dir, first);
  if (second !== undefined) return [own, await readOwnFile(dir, second)];
  const name = basename(MODE_FILES[first]);
  // The base app is not an exercise: its file is complete from the start.
  const layer = name === "base.ts" ? "template" : "solution";
  const files = await readLayer({ courseFolder: EMBEDDED_COURSE }, layer);
  const { text } = files.find(({ path }) => path === name)!;
  return [own, { file: `${layer}/${name}`, text }];
}

async function readOwnFile(dir: string, mode: ModeName): Promise<SourceFile> {
  const file = join(dir, basename(MODE_FILES[mode]));
  try {
    return { file, text: await Deno.readTextFile(file) };
  } catch (error) {
    const reason = error instanceof Deno.errors.NotFound
      ? `there is no such file. Create your folder: ${await ownCommand(
        Deno.cwd(),
        readOwnProgram(),
      )} workshop init DIR`
      : messageOf(error);
    throw new StartError(`Cannot read "${file}": ${reason}`, { cause: error });
  }
}

/** The message that nothing differs, and why. */
function sameLines({ file }: SourceFile, to: SourceFile, modes: Modes): string[] {
  if (file !== to.file) return [`Nothing differs between ${file} and ${to.file}`];
  if (!modes.includes("auto")) return [`Nothing differs: both are ${file}`];
  return [
    `Nothing differs: auto runs ${file} unchanged. Only the command that starts it differs:`,
    "  otel-kit serve --mode base",
    "  otel-kit auto",
  ];
}

function help(): Help {
  return {
    usage: "[FROM] TO [flags]",
    about: "Shows in color what you change to turn the code of one mode into that of " +
      "another. The default for FROM is base.",
    words: section(
      "Modes",
      MODE_NAMES.map((name) => [[name, ...MODES[name].aliases].join(", "), MODE_FILES[name]]),
    ),
    more: [
      section("Try it", [
        ["what to write by hand", "otel-kit diff base manual"],
        ["what a middleware saves", "otel-kit diff manual middleware"],
        ["how far are you?", "otel-kit diff manual --dir my-workshop"],
      ]),
    ],
  };
}
