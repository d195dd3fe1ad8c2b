import { JAEGER_PORT } from "../../default_ports.ts";
import { shellPath } from "../../shell_words.ts";
import { defineCommand } from "../command.ts";
import { UsageError } from "../errors.ts";
import type { FlagTable } from "../flags/flags.ts";
import { type Help, section } from "../flags/help.ts";
import { describeCounts, writeFiles, type Written } from "../files/text_files.ts";

const DEFAULT_FOLDER = "collector-demo";

const FLAGS = {
  force: { aliases: ["f"], help: "Overwrite existing files that differ" },
} as const satisfies FlagTable;

/** `otel-kit collector-demo`: writes the compose files for the Collector, Jaeger, Zipkin and Prometheus. */
export const collectorDemo = defineCommand({
  name: "collector-demo",
  flags: FLAGS,
  arguments: "mixed",
  help,
  async run({ flags, rest: [folder = DEFAULT_FOLDER, ...others] }, { output }) {
    if (others.length > 0 || folder === "") {
      throw new UsageError(`Cannot use "${others[0] ?? folder}": expected one folder`);
    }

    const { readDemoFiles } = await import("../files/demo_files.ts");
    const written = await writeFiles(folder, await readDemoFiles(), { isForced: flags.force });
    for (const path of written.paths) output.data(path);
    output.status(summary(folder, written));
    return 0;
  },
});

function summary(folder: string, written: Written): string {
  return [
    `Files in ${folder}: ${describeCounts(written)}`,
    "Next, with Docker:",
    `  cd ${shellPath(folder)}`,
    "  docker compose up --wait",
    `Then open http://localhost:${JAEGER_PORT} (Jaeger), and read README.md there for the rest.`,
  ].join("\n");
}

function help(): Help {
  return {
    usage: "[DIR] [flags]",
    about: `Writes into DIR (default ${DEFAULT_FOLDER}) the files that Docker Compose needs to ` +
      `run ` +
      "a Collector, Jaeger, Zipkin, and Prometheus. DIR/scale shows what changes past one machine.",
    more: [
      section("Try it", [
        ["write the files", "otel-kit collector-demo"],
        ["start the servers", "cd collector-demo, then docker compose up --wait"],
        ["send telemetry", "otel-kit auto"],
      ]),
    ],
  };
}
