import { basename } from "node:path";
import { messageOf } from "../../error_message.ts";
import { readProgramFile } from "../../program_files.ts";
import type { SettingsReading } from "../../telemetry/read_settings.ts";
import type { Program } from "../run_command.ts";
import { openWhenServed } from "./opening.ts";
import { limitsOf, preloadSettings, samplerOf } from "./preload_settings.ts";
import { LIMITS_SINCE, SAMPLES_SINCE } from "./gaps.ts";
import { whyNotParallel, withPreload } from "./parallel_serve.ts";
import { type PreloadSettings, preloadUrl } from "./preload/settings.ts";
import { serveAsRun, type ServeCommand } from "./serve_command.ts";
import { isAtLeast } from "./version.ts";

/** The input for deciding how to enrich a program. */
export interface EnrichmentOptions {
  /** The file of Deno that runs it. */
  deno: string;
  version: string;
  reading: SettingsReading;
  cwd?: string;
}

/** How a program's spans are enriched. */
export interface Enrichment {
  /** Warnings for the user. */
  warnings: string[];
  /** The libraries that it is about, as far as is known before the program runs. */
  libraries: string[];
  /** Whether the program gets the preload. */
  isPreloaded: boolean;
  /**
   * Preloads the enrichment into the program. Disposing removes its files. If nothing can be written, that is
   * reported, and the program is not enriched.
   */
  apply(program: Program, report: (line: string) => void): Promise<Program & AsyncDisposable>;
}

/** Without a name, stack traces of the program would show the URL, which is the code itself. */
const NAME_IN_STACKS = "\n//# sourceURL=otel-kit\n";

const CANNOT_ADD = "Cannot add routes and exceptions to Deno's spans";

/** The first version that reports loaded modules, except those from the network. */
const TELLS_LOADED_SINCE = "2.9.0";

/**
 * The first version that preloads anything into a watched program.
 *
 * @see https://github.com/denoland/deno/pull/35792
 */
const WATCHES_SINCE = "2.9.2";

/**
 * Node reads NODE_OPTIONS that are meant for Deno: where Deno accepts a `data:` URL, Node looks for a package
 * of that name.
 */
const NODE_GUARD = `// The module that otel-kit preloads into Deno is not for Node.
const Module = require("node:module");
const { _load } = Module;
if (typeof Deno === "undefined") {
  Module._load = function (request, ...others) {
    return /^data:text\\/javascript[;,]/.test(request) ? {} : _load.call(this, request, ...others);
  };
}
`;

/** Decides how to preload into a Deno program. The preload doesn't need the program's permissions. */
export async function enrichmentOf(
  program: Program,
  { deno, version, reading, cwd = Deno.cwd() }: EnrichmentOptions,
): Promise<Enrichment> {
  const { http, warnings } = preloadSettings(reading);
  const source = await readProgramFile("preload.js");
  if (source === undefined) {
    const missing =
      "Cannot add routes and exceptions to Deno's spans: dist/preload.js is missing. " +
      "To build it: deno task preload";
    return unable(missing);
  }
  if (program.args.some(isWatch) && !isAtLeast(version, WATCHES_SINCE)) {
    return unable(...warnings, `${CANNOT_ADD}: Deno before ${WATCHES_SINCE} cannot with --watch`);
  }
  const { importedLibraries } = await import("./imported_libraries.ts");
  const { describeOutOfReach } = await import("./out_of_reach.ts");
  const libraries = await importedLibraries(program.args, cwd);
  // Hooking module loads takes 30 ms at startup.
  // With hooks, Deno cannot import Wasm.
  const watchesModules = isAtLeast(version, TELLS_LOADED_SINCE) && !libraries.isWhole &&
    !libraries.importsWasm;
  const specifiers = watchesModules ? libraries.unreported : libraries.specifiers;
  const isDenoItself = basename(program.command) === basename(deno);
  const [subcommand] = isDenoItself ? program.args : [];
  const serves = subcommand === "serve" ? program.args : isDenoItself && libraries.serves;
  const served = serves ? serveAsRun(serves) : undefined;
  const url = (listen?: PreloadSettings["listen"]) =>
    preloadUrl(new TextDecoder().decode(source) + NAME_IN_STACKS, {
      http,
      specifiers,
      watchesModules,
      ...!isAtLeast(version, SAMPLES_SINCE) && { sampler: samplerOf(reading) },
      ...!isAtLeast(version, LIMITS_SINCE) && { limits: limitsOf(reading) },
      ...listen && { listen },
    });

  const refused = served?.parallel
    ? await whyNotParallel(served.parallel, libraries, cwd)
    : served?.refused;
  if (refused !== undefined) return unable(...warnings, `${CANNOT_ADD}: ${refused}`);
  return {
    warnings: [...warnings, ...describeOutOfReach(libraries.outOfReach)],
    libraries: libraries.names,
    isPreloaded: true,
    apply(program, report) {
      if (served?.parallel) {
        const args = withPreload(served.parallel, url(), cwd);
        return Promise.resolve(untouched({ ...program, args }));
      }
      if (served?.listen) return Promise.resolve(asRun(program, served, url(served.listen)));
      // A compiled program contains the preload.
      if (subcommand !== "run" && subcommand !== "compile") {
        return withNodeOptions(program, url(), report);
      }
      const args = [subcommand, `--require=${url()}`, ...program.args.slice(1)];
      return Promise.resolve(untouched({ ...program, args }));
    },
  };
}

function isWatch(word: string): boolean {
  return /^--watch(-hmr)?(=|$)/.test(word);
}

function unable(...warnings: string[]): Enrichment {
  return {
    warnings,
    libraries: [],
    isPreloaded: false,
    apply: (program) => Promise.resolve(untouched(program)),
  };
}

function untouched(program: Program): Program & AsyncDisposable {
  return { ...program, [Symbol.asyncDispose]: () => Promise.resolve() };
}

/** `deno serve` doesn't support preloading; `deno run` does, and can serve too. */
function asRun(
  program: Program,
  { args, listen, opens }: ServeCommand,
  url: string,
): Program & AsyncDisposable {
  const opening = opens ? openWhenServed(listen) : undefined;
  return {
    ...program,
    args: ["run", `--require=${url}`, ...args],
    env: { ...program.env, DENO_AUTO_SERVE: "1" },
    [Symbol.asyncDispose]() {
      opening?.[Symbol.dispose]();
      return Promise.resolve();
    },
  };
}

/**
 * Other commands, such as `deno task`, get a variable that all child processes inherit. Node reads it too, and
 * is shielded by a file.
 */
async function withNodeOptions(
  program: Program,
  url: string,
  report: (line: string) => void,
): Promise<Program & AsyncDisposable> {
  let guard: string;
  try {
    guard = await Deno.makeTempFile({ prefix: "otel-kit-", suffix: ".cjs" });
    await Deno.writeTextFile(guard, NODE_GUARD);
  } catch (error) {
    report(`${CANNOT_ADD}: cannot write a file for it: ${messageOf(error)}`);
    return untouched(program);
  }
  const { NODE_OPTIONS } = program.env;
  const options = [NODE_OPTIONS, `--require ${JSON.stringify(guard)}`, `--require ${url}`];
  return {
    ...program,
    env: { ...program.env, NODE_OPTIONS: options.filter(Boolean).join(" ") },
    async [Symbol.asyncDispose]() {
      await Deno.remove(guard).catch(() => {}); // A cleanup of the temporary folder may have removed it already.
    },
  };
}
