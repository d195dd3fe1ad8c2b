import { join, resolve } from "node:path";
import { quotedForShell } from "../shell_words.ts";

/** The path of a command, or why it can't be run. */
export type FoundCommand =
  | { path: string }
  | { path?: never; exitCode: 126 | 127; reason: string };

const NOT_EXECUTABLE = 126;
const NOT_FOUND = 127;

/** What `PATHEXT` contains unless somebody changes it, as far as such files can be started. */
const DEFAULT_ENDINGS = ".COM;.EXE;.BAT;.CMD";

const IS_WINDOWS = Deno.build.os === "windows";

/** Finds a command as a shell does: by its path, if it contains a slash, otherwise on PATH. */
export function findCommand(
  command: string,
  env: Record<string, string>,
  cwd: string = Deno.cwd(),
): FoundCommand {
  const names = fileNames(command, env.PATHEXT);
  if (hasFolder(command)) {
    return names.map((name) => examine(resolve(cwd, name))).find((found) => found) ??
      { exitCode: NOT_FOUND, reason: "there is no such file" };
  }
  const folders = (env.PATH ?? env.Path ?? "").split(IS_WINDOWS ? ";" : ":").filter(Boolean);
  let refused: FoundCommand | undefined;
  for (const file of command ? folders.flatMap((f) => names.map((name) => join(f, name))) : []) {
    const path = resolve(cwd, file);
    const found = isFolder(path) ? undefined : examine(path);
    if (found?.path !== undefined) return found;
    refused ??= found;
  }
  return refused ?? { exitCode: NOT_FOUND, reason: "there is no such command on PATH" };
}

/**
 * The names of the files that a command can be, in the order in which the system looks for them. On Windows, an
 * ending in `PATHEXT` may be left out.
 */
export function fileNames(
  command: string,
  pathExt: string | undefined,
  os: typeof Deno.build.os = Deno.build.os,
): string[] {
  if (os !== "windows") return [command];
  const endings = (pathExt || DEFAULT_ENDINGS).toLowerCase().split(";").filter(Boolean);
  const hasEnding = endings.some((ending) => command.toLowerCase().endsWith(ending));
  // Tools for Unix are installed beside their twin for Windows, under the bare name.
  const complete = endings.map((ending) => command + ending);
  return hasEnding ? [command, ...complete] : [...complete, command];
}

function hasFolder(command: string): boolean {
  return command.includes("/") || IS_WINDOWS && command.includes("\\");
}

function examine(path: string): FoundCommand | undefined {
  const info = statOf(path);
  if (info === undefined) return undefined;
  if (info.isDirectory) {
    return { exitCode: NOT_EXECUTABLE, reason: "it is a folder. Name a program in it" };
  }
  if (info.mode !== null && (info.mode & 0o111) === 0) {
    return {
      exitCode: NOT_EXECUTABLE,
      reason:
        `the file is not executable. Run chmod +x ${
          quotedForShell(path)
        }, or name its interpreter ` +
        "in front",
    };
  }
  return { path };
}

function isFolder(path: string): boolean {
  return statOf(path)?.isDirectory ?? false;
}

function statOf(path: string): Deno.FileInfo | undefined {
  try {
    return Deno.statSync(path);
  } catch {
    return undefined; // an invisible file can't be run either
  }
}
