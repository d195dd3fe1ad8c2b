import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { ImportedLibraries } from "./imported_libraries.ts";
import { readProject } from "./project_files.ts";
import { escaped } from "./preload/settings.ts";
import type { ParallelServe } from "./serve_command.ts";

/**
 * The arguments of a `deno serve` on several threads that first loads the preload in each of them. It serves a
 * module of the launcher's, which imports the program's. A single import of both would run the program's module
 * while the preload still waits for something.
 *
 * @param preload The URL of the preload.
 */
export function withPreload(
  { before, module, after }: ParallelServe["parallel"],
  preload: string,
  cwd: string,
): string[] {
  const program = pathToFileURL(resolve(cwd, module)).href;
  const source = `import ${JSON.stringify(preload)};` +
    `export default (await import(${JSON.stringify(program)})).default;`;
  return [...before, `data:text/javascript;charset=utf-8,${escaped(source)}`, ...after];
}

/** Why a module can't be served by way of another one; undefined if it can. */
export async function whyNotParallel(
  { module }: ParallelServe["parallel"],
  { project, asksForMain }: ImportedLibraries,
  cwd: string,
): Promise<string | undefined> {
  const because = (reason: string) => `with --parallel, ${reason}`;
  if (/^\w{2,}:/.test(module)) return because("the module has to be a file");
  if (asksForMain) return because("the program's import.meta.main would be false");
  const here = await readProject(cwd);
  const isSame = here.isFound || project.isFound ? here.folder === project.folder : true;
  return isSame ? undefined : because(`run it in ${project.folder}, the folder of its deno.json`);
}
