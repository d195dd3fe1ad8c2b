/** The paths of all files below a folder, relative to it and sorted. */
export async function filesOf(folder: URL): Promise<string[]> {
  const files: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (!isDirectory) files.push(name);
    else {
      const inner = await filesOf(new URL(`${name}/`, folder));
      files.push(...inner.map((path) => `${name}/${path}`));
    }
  }
  return files.toSorted();
}
