import { join, resolve } from "node:path";
import { messageOf } from "../../error_message.ts";
import { defineCommand } from "../command.ts";
import { StartError, UsageError } from "../errors.ts";
import { writeFiles } from "../files/text_files.ts";
import { writeNew } from "../files/write_new.ts";
import type { FlagTable } from "../flags/flags.ts";
import { EMBEDDED_COURSE, readLayer } from "../guide/learner_files.ts";

const LEARNER_FOLDER = "my-workshop";
const CACHE = "deno-dir";
const EXE = Deno.build.os === "windows" ? ".exe" : "";

const FLAGS = {
  program: {
    placeholder: "FILE",
    nonEmpty: true,
    file: true,
    help: "The executable of otel-kit to pack (default: this one)",
  },
  deno: {
    placeholder: "FILE",
    nonEmpty: true,
    file: true,
    help: "The executable of Deno to pack (default: the one on PATH)",
  },
} as const satisfies FlagTable;

/** `otel-kit workshop pack`: everything for a room without a network, in one folder. */
export const pack = defineCommand({
  name: "workshop pack",
  flags: FLAGS,
  arguments: "mixed",
  help: () => ({
    usage: "DIR [flags]",
    about: "Puts everything for a room without a network into a new folder, for example on a " +
      "stick: this program with its course, Deno, a learner's folder, and the packages that its " +
      "programs import. Packing needs a network. The folder is for machines with this operating " +
      "system and processor.",
  }),
  async run({ flags, rest: [folder = "", other] }, { output }) {
    if (folder === "" || other !== undefined) {
      throw new UsageError(`Cannot use "${other ?? folder}": expected one new folder`);
    }
    const program = flags.program ?? ownProgram();
    const deno = flags.deno ?? await denoOnPath();
    const dir = resolve(folder);
    await attempt(dir, () => Deno.mkdir(dir));
    await attempt(program, () => Deno.copyFile(program, join(dir, `otel-kit${EXE}`)));
    await attempt(deno, () => Deno.copyFile(deno, join(dir, `deno${EXE}`)));
    const files = await readLayer({ courseFolder: EMBEDDED_COURSE }, "template");
    await writeFiles(join(dir, LEARNER_FOLDER), files, { isForced: false });
    output.status("Downloading the packages of the exercises ...");
    await install(dir);
    await writeNew(join(dir, "start.sh"), START_SH, false);
    await writeNew(join(dir, "start.cmd"), START_CMD, false);
    await writeNew(join(dir, "README.txt"), README, false);
    output.data(dir);
    output.status(`Next: read ${join(dir, "README.txt")}`);
    return 0;
  },
});

/** Fills the folder's own cache with what the learner's programs import. */
async function install(dir: string): Promise<void> {
  const { success, stderr } = await new Deno.Command(join(dir, `deno${EXE}`), {
    args: ["install", "--quiet"],
    cwd: join(dir, LEARNER_FOLDER),
    env: { DENO_DIR: join(dir, CACHE) },
    stdout: "null",
  }).output();
  if (success) return;
  const reason = new TextDecoder().decode(stderr).trim().split("\n").at(-1);
  throw new StartError(`Cannot download the packages: ${reason}. Remove ${dir}, and try again`);
}

function ownProgram(): string {
  if (Deno.build.standalone) return Deno.execPath();
  throw new UsageError(
    "Cannot pack a program that runs from its sources: build it with `deno task compile`, and " +
      "name it with --program",
  );
}

async function denoOnPath(): Promise<string> {
  if (!Deno.build.standalone) return Deno.execPath();
  for (const folder of (Deno.env.get("PATH") ?? "").split(EXE ? ";" : ":")) {
    const file = join(folder, `deno${EXE}`);
    if (folder !== "" && await Deno.stat(file).then(({ isFile }) => isFile, () => false)) {
      return file;
    }
  }
  throw new StartError("Cannot find Deno on PATH: install it, or name the executable with --deno");
}

/** @throws {StartError} If that fails. */
async function attempt(path: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw new StartError(`Cannot pack "${path}": ${messageOf(error)}`, { cause: error });
  }
}

const START_SH = `# In the shell of this folder: . ./start.sh
export DENO_DIR="$PWD/${CACHE}" PATH="$PWD:$PATH"
`;

const START_CMD = `@echo off\r
set "DENO_DIR=%~dp0${CACHE}"\r
set "PATH=%~dp0;%PATH%"\r
`;

const README = `The otel-kit workshop, for a room without a network.

1. Copy this whole folder from the stick to your machine, and open a terminal in it.
2. On Linux and macOS, run:   . ./start.sh
   On Windows, run:           start.cmd
   Do this in every terminal that you open.
3. Run:                       otel-kit guide --dir ${LEARNER_FOLDER}

In ${LEARNER_FOLDER}, "deno install" has been done already.
`;
