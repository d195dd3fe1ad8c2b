import { dirname, join } from "node:path";
import type { Command } from "./command.ts";
import type { DemoFile } from "./demo_files.ts";
import { StartError, UsageError } from "./errors.ts";
import { type Flag, parseFlags } from "./flags.ts";
import { flagEntries, section, wrap } from "./help.ts";

const DEFAULT_FOLDER = "collector-demo";

const FLAGS: readonly Flag[] = [
  { name: "force", aliases: ["f"], help: "Overwrite files that are there and differ" },
  { name: "help", aliases: ["h"], help: "Print this help" },
];

/** `otel-kit collector-demo`: writes the compose files of Collector, Jaeger, Zipkin and Prometheus. */
export const collectorDemo: Command = {
  flags: FLAGS,
  async run(args, { output }) {
    const { switches, folders } = readArguments(args);
    if (switches.has("help")) {
      output.data(help());
      return 0;
    }
    const [folder = DEFAULT_FOLDER, ...others] = folders;
    if (others.length > 0 || folder === "") {
      throw new UsageError(`Cannot use "${others[0] ?? folder}": expected one folder`);
    }

    const { readDemoFiles } = await import("./demo_files.ts");
    const { missing, same, different } = await compare(folder, await readDemoFiles());
    if (different.length > 0 && !switches.has("force")) {
      throw new StartError([
        `Cannot write to "${folder}": these files are there and differ`,
        ...different.map(({ path }) => `  ${join(folder, path)}`),
        "Nothing was written. Name another folder, or overwrite them with --force",
      ].join("\n"));
    }
    for (const file of [...missing, ...different]) {
      await write(folder, file);
      output.data(join(folder, file.path));
    }
    output.status(summary(folder, {
      new: missing.length,
      overwritten: different.length,
      unchanged: same.length,
    }));
    return 0;
  },
};

/** Flags may stand on both sides of the folder. */
function readArguments(args: string[]): { switches: Set<string>; folders: string[] } {
  const switches = new Set<string>();
  const folders: string[] = [];
  let rest = args;
  while (rest.length > 0) {
    const parsed = parseFlags(rest, FLAGS);
    for (const name of parsed.values.keys()) switches.add(name);
    folders.push(...parsed.rest.slice(0, 1));
    rest = parsed.rest.slice(1);
  }
  return { switches, folders };
}

/** Sorts the files by what is in the folder in their place. */
async function compare(folder: string, files: readonly DemoFile[]) {
  const sorted = {
    missing: [] as DemoFile[],
    same: [] as DemoFile[],
    different: [] as DemoFile[],
  };
  for (const file of files) {
    const present = await readIfThere(folder, file.path);
    const fate = present === undefined ? "missing" : present === file.text ? "same" : "different";
    sorted[fate].push(file);
  }
  return sorted;
}

async function readIfThere(folder: string, path: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(join(folder, path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw cannotWrite(folder, error);
  }
}

async function write(folder: string, { path, text }: DemoFile): Promise<void> {
  const target = join(folder, path);
  try {
    await Deno.mkdir(dirname(target), { recursive: true });
    await Deno.writeTextFile(target, text);
  } catch (error) {
    throw cannotWrite(folder, error);
  }
}

function cannotWrite(folder: string, error: unknown): StartError {
  return new StartError(`Cannot write to "${folder}": ${reasonOf(error)}`, { cause: error });
}

function reasonOf(error: unknown): string {
  if (error instanceof Deno.errors.NotADirectory || error instanceof Deno.errors.AlreadyExists) {
    return "it, or a folder on the way to it, is a file. Name another folder";
  }
  if (error instanceof Deno.errors.IsADirectory) {
    return `a folder is in the place of a file: ${error.message}. Name another folder`;
  }
  if (error instanceof Deno.errors.PermissionDenied) {
    return "you may not write there. Name another folder";
  }
  return `${(error as Error).message}. Name another folder`;
}

function summary(folder: string, counts: Record<string, number>): string {
  const parts = Object.entries(counts).filter(([, count]) => count > 0);
  return [
    `Files in ${folder}: ${parts.map(([fate, count]) => `${count} ${fate}`).join(", ")}`,
    "Next, with Docker:",
    `  cd ${/[^\w./\\:~-]/.test(folder) ? `"${folder}"` : folder}`,
    "  docker compose up --wait",
    "Then open http://localhost:16686 (Jaeger), and read README.md there for the rest.",
  ].join("\n");
}

function help(): string {
  return [
    "Usage: otel-kit collector-demo [DIR] [flags]",
    wrap(
      "Writes what Docker Compose needs to run a Collector, Jaeger, Zipkin and Prometheus, " +
        `into DIR (default ${DEFAULT_FOLDER}). DIR/scale has what changes past one machine.`,
    ),
    section("Flags", flagEntries(FLAGS)),
    section("Try it", [
      ["write the files", "otel-kit collector-demo"],
      ["start the servers", "cd collector-demo, then docker compose up --wait"],
      ["send them something", "otel-kit auto"],
    ]),
  ].join("\n\n");
}
