import { shellPath } from "../../shell_words.ts";
import type { Command } from "../command.ts";
import { UsageError } from "../errors.ts";
import { type Flag, parseFlags } from "../flags/flags.ts";
import { flagEntries, section, wrap } from "../flags/help.ts";
import { describeCounts, writeFiles, type Written } from "../files/text_files.ts";

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

    const { readDemoFiles } = await import("../files/demo_files.ts");
    const isForced = switches.has("force");
    const written = await writeFiles(folder, await readDemoFiles(), { isForced });
    for (const path of written.paths) output.data(path);
    output.status(summary(folder, written));
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

function summary(folder: string, written: Written): string {
  return [
    `Files in ${folder}: ${describeCounts(written)}`,
    "Next, with Docker:",
    `  cd ${shellPath(folder)}`,
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
