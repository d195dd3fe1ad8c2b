/** Where files that belong to the program are: beside its bundle, or in the project and its build. */
const FOLDERS = Deno.build.standalone
  ? [new URL("./", import.meta.url)]
  : [new URL("../../", import.meta.url), new URL("../../dist/", import.meta.url)];

/** Reads a file that belongs to the program, like `page/app.js`; undefined if it is not there. */
export async function readProgramFile(
  path: string,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  for (const folder of FOLDERS) {
    try {
      return await Deno.readFile(new URL(path, folder));
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  return undefined;
}
