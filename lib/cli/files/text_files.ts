import { dirname, join } from "node:path";
import { readFolderText } from "../../program_files.ts";
import { messageOf } from "../../error_message.ts";
import { StartError } from "../errors.ts";

/** A file in a folder. */
export interface TextFile {
  /** Relative to the folder, separated by `/`. */
  path: string;
  text: string;
}

/** All files of a folder in alphabetical order, those of a subfolder after its sibling files. */
export async function readFiles(folder: URL, inner = ""): Promise<TextFile[]> {
  const entries = await Array.fromAsync(Deno.readDir(new URL(inner, folder)));
  entries.sort((a, b) =>
    Number(a.isDirectory) - Number(b.isDirectory) || (a.name < b.name ? -1 : 1)
  );
  const files: TextFile[] = [];
  for (const { name, isDirectory } of entries) {
    const path = inner + name;
    if (isDirectory) files.push(...await readFiles(folder, `${path}/`));
    else files.push(await readFolderText(folder, path));
  }
  return files;
}

/** The result of writing files. */
export interface Written {
  /** Paths of the written files. */
  paths: string[];
  /** How many files had each outcome: `new`, `overwritten`, `unchanged`. */
  counts: Record<string, number>;
}

/**
 * Writes files into a folder. If an existing one differs, nothing is written unless forced.
 *
 * @throws {StartError} If files must not be overwritten, or one cannot be written; earlier ones are kept in
 * that case.
 */
export async function writeFiles(
  folder: string,
  files: readonly TextFile[],
  { isForced }: { isForced: boolean },
): Promise<Written> {
  const { missing, same, different } = await compare(folder, files);
  if (different.length > 0 && !isForced) {
    throw new StartError([
      `Cannot write to "${folder}": these files exist and differ`,
      ...different.map(({ path }) => `  ${join(folder, path)}`),
      "Nothing was written. Name another folder, or overwrite them with --force",
    ].join("\n"));
  }
  const changed = [...missing, ...different];
  for (const file of changed) await write(folder, file);
  return {
    paths: changed.map(({ path }) => join(folder, path)),
    counts: { new: missing.length, overwritten: different.length, unchanged: same.length },
  };
}

/** How many files had each outcome, for a sentence. */
export function describeCounts({ counts }: Written): string {
  return Object.entries(counts).filter(([, count]) => count > 0)
    .map(([fate, count]) => `${count} ${fate}`).join(", ");
}

/** Classifies the files by the existing ones in the folder. */
async function compare(folder: string, files: readonly TextFile[]) {
  const sorted = {
    missing: [] as TextFile[],
    same: [] as TextFile[],
    different: [] as TextFile[],
  };
  for (const file of files) {
    const present = await readIfThere(folder, file.path);
    const fate = present === undefined ? "missing" : present === file.text ? "same" : "different";
    sorted[fate].push(file);
  }
  return sorted;
}

async function readIfThere(folder: string, path: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(join(folder, path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw cannotWrite(folder, error);
  }
}

async function write(folder: string, { path, text }: TextFile): Promise<void> {
  const target = join(folder, path);
  try {
    await Deno.mkdir(dirname(target), { recursive: true });
    await Deno.writeTextFile(target, text);
  } catch (error) {
    throw cannotWrite(folder, error);
  }
}

function cannotWrite(folder: string, error: unknown): StartError {
  return new StartError(`Cannot write to "${folder}": ${reasonOf(error)}`, { cause: error });
}

function reasonOf(error: unknown): string {
  if (error instanceof Deno.errors.NotADirectory || error instanceof Deno.errors.AlreadyExists) {
    return "it, or a folder on the way to it, is a file. Name another folder";
  }
  if (error instanceof Deno.errors.IsADirectory) {
    return `a folder is in the place of a file: ${error.message}. Name another folder`;
  }
  if (error instanceof Deno.errors.PermissionDenied) {
    return "permission denied. Name another folder";
  }
  return `${messageOf(error)}. Name another folder`;
}
