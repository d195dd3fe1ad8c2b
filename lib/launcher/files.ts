import { dirname, join, resolve } from "node:path";

/** The path in the nearest folder on the way up that contains it; undefined if none does. */
export function findUpwards(cwd: string, path: string): string | undefined {
  for (let folder = resolve(cwd);; folder = dirname(folder)) {
    const found = join(folder, path);
    if (exists(found)) return found;
    if (dirname(folder) === folder) return undefined;
  }
}

/** Whether there is a file at this path. An unreadable one doesn't exist for the program either. */
export function isFile(path: string): boolean {
  return orElse(() => Deno.statSync(path).isFile, false);
}

/** The names in a folder, in order; none if there is no such folder. */
export function namesIn(folder: string): string[] {
  return orElse(() => [...Deno.readDirSync(folder)].map(({ name }) => name).sort(), []);
}

/** The text of a file; empty if there is none. */
export function textOf(path: string): string {
  return orElse(() => Deno.readTextFileSync(path), "");
}

function exists(path: string): boolean {
  return orElse(() => Deno.statSync(path) !== undefined, false);
}

function orElse<T>(look: () => T, otherwise: T): T {
  try {
    return look();
  } catch {
    return otherwise;
  }
}
