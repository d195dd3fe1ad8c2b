import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { programFolder } from "../../program_files.ts";
import { readFiles, type TextFile, writeFiles } from "../files/text_files.ts";

/** The course that comes with the program. */
export const EMBEDDED_COURSE = programFolder("lib/workshop/steps");

/** Where files of the course come from, and where they go. */
export interface CoursePlaces {
  courseFolder: string | URL;
  /** The learner's folder; undefined where there is none. */
  folder: string | undefined;
}

/** Files of the course that are laid over the learner's. */
export type Layer = "template" | "solution";

/** What happened to the learner's files. */
export interface WrittenOver {
  /** Names of those that were written or removed. */
  written: string[];
  /** The learner's own files that were in the way, with the names they have now. */
  kept: [path: string, name: string][];
}

/**
 * Writes files of the course into the learner's folder. What the learner wrote is kept beside them
 * under another name; what the course wrote before is not.
 */
export async function writeOver(
  session: CoursePlaces,
  layer: Layer,
  paths: readonly string[],
): Promise<WrittenOver> {
  const { folder } = session;
  if (folder === undefined || paths.length === 0) return { written: [], kept: [] };
  const files = await readLayer(session, layer);
  const others = await readLayer(session, layer === "template" ? "solution" : "template");
  const meant = files.filter(({ path }) => paths.includes(path));
  const written: string[] = [];
  const kept: [string, string][] = [];
  for (const { path, text } of meant) {
    const present = await Deno.readTextFile(join(folder, path)).catch(ifMissing);
    if (present === text) continue;
    written.push(path);
    const isOurs = others.some((other) => other.path === path && other.text === present);
    if (present === undefined || isOurs) continue;
    kept.push([path, await moveAside(folder, path)]);
  }
  await writeFiles(folder, meant, { isForced: true });
  return { written, kept };
}

/**
 * Removes files of the course from a folder within the learner's, and then the folder if it is empty.
 * What the learner changed is kept under another name.
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

/** Files that a course has for the learner; one without a template takes the embedded one. */
export async function readLayer(
  { courseFolder }: Pick<CoursePlaces, "courseFolder">,
  layer: Layer,
): Promise<TextFile[]> {
  const folder = courseFolder instanceof URL ? fileURLToPath(courseFolder) : courseFolder;
  try {
    return await readFiles(pathToFileURL(join(folder, layer, "/")));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return layer === "template" ? await readFiles(programFolder("lib/workshop/template")) : [];
  }
}

/** Gives a file of the learner's another name, which nothing has; that name. */
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
