import { basename, delimiter, join, relative, resolve, sep } from "node:path";
import { MAIN } from "../../program_files.ts";
import { shellPath } from "../../shell_words.ts";

/** A path that leads up further than this is harder to read than the whole one. */
const MAX_UP = 2;

/** How this program was started. */
export interface OwnProgram {
  /** The file that runs: the executable, or Deno. */
  execPath: string;
  /** The source file that Deno runs; undefined for the executable. */
  main?: string;
  /** The variable PATH. */
  path: string;
  os: typeof Deno.build.os;
}

/** This process. */
export function readOwnProgram(): OwnProgram {
  return {
    execPath: Deno.execPath(),
    path: Deno.env.get("PATH") ?? "",
    os: Deno.build.os,
    ...!Deno.build.standalone && { main: MAIN },
  };
}

/**
 * How to call this program in a folder: `otel-kit` if PATH leads to it, and otherwise by its path, such as
 * `../otel-kit`; with sources, by Deno.
 */
export async function ownCommand(folder: string, program: OwnProgram): Promise<string> {
  const { execPath, main, path, os } = program;
  // Whoever has the sources has Deno, whatever file `deno` leads to.
  if (main !== undefined) return `deno run -qP ${shellPath(shortest(main, folder), os)}`;
  return await leadsTo(execPath, path)
    ? basename(execPath).replace(/\.exe$/i, "")
    : callable(execPath, folder, os);
}

/** Whether the first file of this name on PATH is this one. */
async function leadsTo(file: string, path: string): Promise<boolean> {
  const wanted = await realPath(file);
  for (const folder of path.split(delimiter).filter((folder) => folder !== "")) {
    const found = await realPath(join(folder, basename(file)));
    if (found !== undefined) return found === wanted;
  }
  return false;
}

function realPath(path: string): Promise<string | undefined> {
  return Deno.realPath(path).catch(() => undefined);
}

/** A path that a shell runs; PowerShell takes a path in quotes for a text. */
function callable(file: string, folder: string, os: OwnProgram["os"]): string {
  const path = shortest(file, folder);
  const word = shellPath(path.includes(sep) ? path : `.${sep}${path}`, os);
  return os === "windows" && /^["']/.test(word) ? `& ${word}` : word;
}

function shortest(file: string, folder: string): string {
  const path = relative(resolve(folder), file);
  const isFar = path.split(sep).filter((part) => part === "..").length > MAX_UP;
  return isFar ? file : path;
}
