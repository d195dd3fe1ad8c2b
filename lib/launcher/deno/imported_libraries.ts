import { dirname, join, resolve } from "node:path";
import type { Patch } from "./preload/patch.ts";
import { createPatches } from "./preload/patches.ts";
import { localImports } from "./local_imports.ts";
import { type ProjectFiles, readProject } from "./project_files.ts";

/**
 * The libraries that a program seems to import and that there are patches for, as import specifiers that
 * lead to the copies which the program gets: by its import map, its `package.json`, its lock file, and
 * what its own files name. Nothing is run, and nothing asked for over the network.
 *
 * @param args The arguments of Deno.
 */
export async function importedLibraries(args: readonly string[], cwd: string): Promise<string[]> {
  const patches = createPatches({ http: {}, specifiers: [] });
  const isWanted = (specifier: string) => patches.some((patch) => patch.specifier.test(specifier));
  const entries = await filesAmong(args, cwd);
  const [first] = entries;
  const project = await readProject(first ? dirname(first) : cwd);
  if (entries.length === 0) entries.push(...await filesAmong(project.taskWords, project.folder));

  const imported = await localImports(entries, project.imports);
  const named = [...imported].filter((specifier) =>
    isWanted(specifier) || isWanted(project.imports[specifier] ?? "")
  ).map((specifier) => throughPackageJson(specifier, project));
  return [...new Set([...named, ...locked(project, patches)])];
}

/** What `package.json` names is found by a module of the program alone, unless its version is said. */
function throughPackageJson(specifier: string, { imports, packages }: ProjectFiles): string {
  if (specifier in imports) return specifier;
  const [, name = "", path = ""] = /^((?:@[^/]+\/)?[^/]+)(\/.*)?$/.exec(specifier) ?? [];
  const version = packages[name];
  return version === undefined ? specifier : `npm:${name}@${version}${path}`;
}

/** The copies in the lock file. */
function locked({ lock }: ProjectFiles, patches: readonly Patch[]): string[] {
  const specifiers = [
    ...Object.keys(lock.npm ?? {}).map((key) => `npm:${key.replace(/_.*$/, "")}`),
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
