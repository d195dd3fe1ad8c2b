import { readProgramFile } from "../../program_files.ts";
import type { SettingsReading } from "../../telemetry/read_settings.ts";
import { type Passed, preloadUrl } from "../deno/preload/settings.ts";
import { preloadSettings } from "../deno/preload_settings.ts";
import type { PreparedProgram } from "../prepared_program.ts";
import type { NodePreloadSettings } from "./preload/settings.ts";

/** Without a name, stack traces of the program would show the whole URL, which is the code itself. */
const NAME_IN_STACKS = "\n//# sourceURL=otel-kit\n";

/**
 * Preloads the enrichment into a Node program, after the package that creates the spans, which is the first in
 * NODE_OPTIONS.
 */
export async function enrichNode(
  program: PreparedProgram,
  register: string,
  reading: SettingsReading,
): Promise<PreparedProgram> {
  const source = await readProgramFile("node_preload.js");
  if (source === undefined) {
    const missing = "Cannot add the routes of Hono and Fastify to spans: dist/node_preload.js is " +
      "missing. To build it: deno task preload";
    return { ...program, warnings: [...program.warnings, missing] };
  }
  const { http, warnings } = preloadSettings(reading, "node");
  const settings: Passed<NodePreloadSettings> = { http, specifiers: [], register };
  const url = preloadUrl(new TextDecoder().decode(source) + NAME_IN_STACKS, settings);
  const [bootstrap = "", ...given] = (program.env.NODE_OPTIONS ?? "").split(" ");
  return {
    ...program,
    env: {
      ...program.env,
      NODE_OPTIONS: [bootstrap, `--import=${url}`, ...given].join(" "),
    },
    warnings: [...program.warnings, ...warnings],
  };
}
