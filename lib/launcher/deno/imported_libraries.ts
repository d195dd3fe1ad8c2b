import { dirname, join, resolve } from "node:path";
import type { Patch } from "./preload/patch.ts";
import { createPatches } from "./preload/patches.ts";
import { localImports } from "./local_imports.ts";
import type { OutOfReach } from "./out_of_reach.ts";
import { type ProjectFiles, readProject, wordsOf } from "./project_files.ts";
import { serveOfTask } from "./served_task.ts";

/** A program's imports for which there are patches. */
export interface ImportedLibraries {
  specifiers: string[];
  /** Their common names, and Deno KV if the program mentions it. */
  names: string[];
  /** Those that Deno does not report when it loads them: built-in ones, and those from the network. */
  unreported: string[];
  /** Whether the list is certainly complete. */
  isWhole: boolean;
  /** Whether a file of the program imports Wasm. */
  importsWasm: boolean;
  /** Whether a file of the program asks which module is the main one. */
  asksForMain: boolean;
  project: ProjectFiles;
  outOfReach: OutOfReach;
  /** The arguments of `deno serve`, if the program is a task that does only that. */
  serves: string[] | undefined;
}

const UNREPORTED = /^(?:jsr|https?|node):/;

/** Imports that are certainly not patchable libraries. */
const HARMLESS = /^(?:node:|(?:jsr:)?@std\/)/;

/**
 * The patchable libraries that a program seems to import, as import specifiers that resolve to the program's
 * own copies: from its import map, `package.json`, lock file, and source files. Nothing is run, and the network
 * is not used.
 *
 * @param args The arguments of Deno.
 */
export async function importedLibraries(
  args: readonly string[],
  cwd: string,
): Promise<ImportedLibraries> {
  const patches = createPatches({ http: {} });
  const isWanted = (specifier: string) => patches.some((patch) => patch.specifier.test(specifier));
  const entries = await filesAmong(args, cwd);
  const [first] = entries;
  const project = await readProject(first ? dirname(first) : cwd);
  if (entries.length === 0) {
    const words = Object.values(project.tasks).flatMap(wordsOf);
    entries.push(...await filesAmong(words, project.folder));
  }

  const imported = await localImports(entries, project.imports);
  const named = [...imported.specifiers].filter((specifier) =>
    isWanted(specifier) || isWanted(project.imports[specifier] ?? "")
  );
  const isKnown = (specifier: string) =>
    HARMLESS.test(specifier) ||
    named.some((one) => specifier === one || specifier.startsWith(`${one}/`));
  const hasLock = Object.keys(project.lock).length > 0;
  const isCopied = imported.files.some((url) => patches.some(({ module }) => module.test(url)));
  const specifiers = [
    ...named.flatMap((specifier) => withPackage(throughPackageJson(specifier, project), project)),
    ...locked(project, patches),
  ];
  const isFound = ({ specifier, module }: Patch) =>
    specifiers.some((one) => specifier.test(project.imports[one] ?? one) || module.test(one));
  const serves = serveOfTask(args, project, cwd);
  const names = patches.filter(isFound).map(({ name }) => name);
  return {
    specifiers: [...new Set(specifiers)],
    names: [...names, ...imported.mentionsKv ? ["Deno KV"] : []],
    unreported: specifiers.filter((one) => UNREPORTED.test(project.imports[one] ?? one)),
    isWhole: entries.length > 0 && imported.isWhole && !isCopied &&
      (hasLock || [...imported.specifiers].every(isKnown)),
    importsWasm: imported.files.some((url) => url.endsWith(".wasm")),
    asksForMain: imported.asksForMain,
    project,
    outOfReach: { ...imported.outOfReach, servedTasks: serves ? [] : servedTasks(args, project) },
    serves,
  };
}

/** The tasks among the arguments of `deno task` that run `deno serve`. */
function servedTasks([subcommand, ...args]: readonly string[], { tasks }: ProjectFiles): string[] {
  if (subcommand !== "task") return [];
  return args.filter((name) => /\bdeno\s+serve\b/.test(tasks[name] ?? ""));
}

/** Only a module of the program can resolve names from `package.json`, unless their version is given. */
function throughPackageJson(specifier: string, { imports, packages }: ProjectFiles): string {
  if (specifier in imports) return specifier;
  const [, name = "", path = ""] = /^((?:@[^/]+\/)?[^/]+)(\/.*)?$/.exec(specifier) ?? [];
  const version = packages[name];
  return version === undefined ? specifier : `npm:${name}@${version}${path}`;
}

/** The specifier, and its package's specifier if a patch needs that. */
function withPackage(specifier: string, { imports }: ProjectFiles): string[] {
  const address = imports[specifier] ?? specifier;
  const packages = createPatches({ http: {} })
    .filter((patch) => patch.subpath?.test(address) && patch.specifier.test(address))
    .map(({ subpath }) => address.replace(subpath!, ""));
  return [specifier, ...packages];
}

/** The copies in the lock file. */
function locked({ lock }: ProjectFiles, patches: readonly Patch[]): string[] {
  const specifiers = [
    ...Object.keys(lock.npm ?? {}).map((key) => `npm:${key.split("_", 1)[0]}`),
    ...Object.keys(lock.jsr ?? {}).map((key) => `jsr:${key}`),
  ].filter((specifier) => patches.some((patch) => patch.specifier.test(specifier)));
  const remote = Object.keys(lock.remote ?? {})
    .filter((url) => patches.some((patch) => patch.module.test(url)));
  return [...specifiers, ...remote];
}

async function filesAmong(words: readonly string[], folder: string): Promise<string[]> {
  const files: string[] = [];
  for (const word of words) {
    if (!/\.[cm]?[jt]sx?$/.test(word)) continue;
    const path = resolve(folder, word);
    const info = await Deno.stat(path).catch(() => undefined);
    if (info?.isFile) files.push(join(path));
  }
  return files;
}
