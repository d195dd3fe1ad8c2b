/** The project's folder. */
export const ROOT = new URL("../../", import.meta.url);

/** Whether any of the files, including those in the folders, changed after the date. */
export function changedSince(date: Date, paths: readonly string[]): boolean {
  return paths.some((path) => {
    const { isDirectory, mtime } = Deno.statSync(new URL(path, ROOT));
    if (!isDirectory) return mtime! > date;
    const names = [...Deno.readDirSync(new URL(`${path}/`, ROOT))].map(({ name }) => name);
    return changedSince(date, names.map((name) => `${path}/${name}`));
  });
}

/** The TypeScript files below a folder, with their paths from the project's root. */
export async function* readSources(
  folder: string,
): AsyncGenerator<{ file: string; source: string }> {
  for await (const { name, isDirectory } of Deno.readDir(new URL(folder, ROOT))) {
    const file = folder + name;
    if (isDirectory) yield* readSources(`${file}/`);
    else if (/\.tsx?$/.test(name)) {
      yield { file, source: await Deno.readTextFile(new URL(file, ROOT)) };
    }
  }
}
