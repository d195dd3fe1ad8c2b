import { basename } from "node:path";
import { readProgramFile } from "../../program_files.ts";
import type { SettingsReading } from "../../telemetry/read_settings.ts";
import type { Program } from "../run_command.ts";
import { preloadSettings } from "./preload_settings.ts";
import { preloadUrl } from "./preload/settings.ts";
import { isAtLeast } from "./version.ts";

/** What is needed to know how a program is enriched. */
export interface EnrichmentOptions {
  /** The file of Deno that runs it. */
  deno: string;
  version: string;
  reading: SettingsReading;
  cwd?: string;
}

/** A program that enriches its spans itself, and what is not as the user may think. */
export interface EnrichedProgram extends Program {
  warnings: string[];
}

/** The first version that can tell when a module is loaded. */
const TELLS_LOADED_SINCE = "2.9.0";

/**
 * Loads the preload in front of a Deno program: by a flag of `deno run`, else by NODE_OPTIONS, which Deno
 * reads, too. Its settings come with it, so that the program needs no permission for it.
 */
export async function enrichDeno(
  program: Program,
  { deno, version, reading, cwd = Deno.cwd() }: EnrichmentOptions,
): Promise<EnrichedProgram> {
  const source = await readProgramFile("preload.js");
  if (source === undefined) {
    const warnings = [
      "Cannot add routes and exceptions to Deno's spans: dist/preload.js is missing. To build it: " +
      "deno task preload",
    ];
    return { ...program, warnings };
  }
  const { http, warnings } = preloadSettings(reading);
  const specifiers = isAtLeast(version, TELLS_LOADED_SINCE)
    ? []
    : await import("./imported_libraries.ts")
      .then(({ importedLibraries }) => importedLibraries(program.args, cwd));
  const url = preloadUrl(new TextDecoder().decode(source), { http, specifiers });
  return { ...inject(program, deno, url), warnings };
}

function inject(program: Program, deno: string, url: string): Program {
  const { command, args, env } = program;
  const [first = ""] = args;
  const isDenoItself = basename(command) === basename(deno);
  if (isDenoItself && first === "run") {
    return { ...program, args: ["run", `--require=${url}`, ...args.slice(1)] };
  }
  return {
    ...program,
    env: { ...env, NODE_OPTIONS: `${env.NODE_OPTIONS ?? ""} --require ${url}` },
  };
}
