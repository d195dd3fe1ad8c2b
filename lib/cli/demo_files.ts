/**
 * Where the files of collector-demo are: in the project, and in the executable beside the bundle, where
 * `scripts/compile.ts` puts a copy.
 */
const FOLDER = new URL(
  Deno.build.standalone ? "collector-demo/" : "../../collector-demo/",
  import.meta.url,
);

/** A file of collector-demo. */
export interface DemoFile {
  /** Relative to the folder, with `/` between its parts. */
  path: string;
  text: string;
}

/** The files of collector-demo in alphabetical order, those of a folder after those beside it. */
export async function readDemoFiles(folder = ""): Promise<DemoFile[]> {
  const entries = await Array.fromAsync(Deno.readDir(new URL(folder, FOLDER)));
  entries.sort((a, b) =>
    Number(a.isDirectory) - Number(b.isDirectory) || (a.name < b.name ? -1 : 1)
  );
  const files: DemoFile[] = [];
  for (const { name, isDirectory } of entries) {
    const path = folder + name;
    if (isDirectory) files.push(...await readDemoFiles(`${path}/`));
    else files.push({ path, text: await Deno.readTextFile(new URL(path, FOLDER)) });
  }
  return files;
}
