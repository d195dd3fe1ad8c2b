import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { programFolder } from "../../program_files.ts";
import { readFiles, type TextFile, writeFiles } from "../files/text_files.ts";

/** The course that comes with the program. */
export const EMBEDDED_COURSE = programFolder("lib/workshop/steps");

/** The source and the destination of course files. */
export interface CoursePlaces {
  courseFolder: string | URL;
  /** The learner's folder; undefined if there is none. */
  folder: string | undefined;
}

/** Course files that are copied over the learner's. */
export type Layer = "template" | "solution";

/** What happened to the learner's files. */
export interface WrittenOver {
  /** Names of the written or removed files. */
  written: string[];
  /** Conflicting files of the learner, with their new names. */
  kept: [path: string, name: string][];
}

/**
 * Writes course files into the learner's folder, each under the name `file`. The learner's changes are
 * kept under another name; unchanged earlier course files are overwritten.
 */
export async function writeOver(
  session: CoursePlaces,
  layer: Layer,
  pairs: readonly { file: string; from: string }[],
): Promise<WrittenOver> {
  const { folder } = session;
  if (folder === undefined || pairs.length === 0) return { written: [], kept: [] };
  const files = await readLayer(session, layer);
  const others = await readLayer(session, layer === "template" ? "solution" : "template");
  const texts = new Set([...files, ...others].map(({ text }) => text));
  const meant = files.flatMap(({ path, text }) =>
    pairs.flatMap(({ file, from }) => from === path ? { path: file, text } : [])
  );
  const written: string[] = [];
  const kept: [string, string][] = [];
  for (const { path, text } of meant) {
    const present = await Deno.readTextFile(join(folder, path)).catch(ifMissing);
    if (present === text) continue;
    written.push(path);
    if (present === undefined || texts.has(present)) continue;
    kept.push([path, await moveAside(folder, path)]);
  }
  await writeFiles(folder, meant, { isForced: true });
  return { written, kept };
}

/**
 * Removes course files from a subfolder of the learner's folder, and then the subfolder if it is empty. Files
 * that the learner changed are kept under another name.
 */
export async function takeAway(
  folder: string,
  inner: string,
  files: readonly TextFile[],
): Promise<WrittenOver> {
  const result: WrittenOver = { written: [], kept: [] };
  for (const { path, text } of files) {
    const name = `${inner}/${path}`;
    const present = await Deno.readTextFile(join(folder, name)).catch(ifMissing);
    if (present === undefined) continue;
    result.written.push(name);
    if (present === text) await Deno.remove(join(folder, name));
    else result.kept.push([name, await moveAside(folder, name)]);
  }
  const isEmpty = (await Array.fromAsync(Deno.readDir(join(folder, inner))).catch(ifMissing))
    ?.length === 0;
  if (isEmpty) await Deno.remove(join(folder, inner));
  return result;
}

/** The folder of our package, in the learner's folder and in `lib/`. */
const PACKAGE = "instrumentation";

/**
 * A course's files for the learner; a course without a template uses the embedded one. That contains our
 * package of instrumentation, so that it works without a registry.
 */
export async function readLayer(
  { courseFolder }: Pick<CoursePlaces, "courseFolder">,
  layer: Layer,
): Promise<TextFile[]> {
  const folder = courseFolder instanceof URL ? fileURLToPath(courseFolder) : courseFolder;
  try {
    return await readFiles(pathToFileURL(join(folder, layer, "/")));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    if (layer === "solution") return [];
    return [...await readFiles(programFolder("lib/workshop/template")), ...await readPackage()];
  }
}

/** The package's files. Its `deno.json` is left out: the learner's names the modules. */
async function readPackage(): Promise<TextFile[]> {
  const files = await readFiles(programFolder(`lib/${PACKAGE}`));
  return files.filter(({ path }) => path !== "deno.json")
    .map(({ path, text }) => ({ path: `${PACKAGE}/${path}`, text }));
}

/** Renames a file of the learner's to an unused name; returns that name. */
async function moveAside(folder: string, path: string): Promise<string> {
  for (let number = 1;; number++) {
    const name = `${path}.mine${number === 1 ? "" : `-${number}`}`;
    if (await Deno.lstat(join(folder, name)).catch(ifMissing)) continue;
    await Deno.rename(join(folder, path), join(folder, name));
    return name;
  }
}

function ifMissing(error: unknown): undefined {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
