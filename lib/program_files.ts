import { fileURLToPath } from "node:url";

/** The project's folder; in the executable, the folder of the bundle, beside which files stand. */
const PROGRAM = new URL(Deno.build.standalone ? "./" : "../", import.meta.url);

/** Where files that belong to the program are: among them, or in what was built. */
const FOLDERS = Deno.build.standalone ? [PROGRAM] : [PROGRAM, new URL("dist/", PROGRAM)];

/** The program's first source file, which the executable does not have. */
export const MAIN = fileURLToPath(new URL("main.ts", PROGRAM));

/**
 * A folder of the project by its path; in the executable it is beside the bundle, where
 * `scripts/compile.ts` puts a copy. Read its files with {@linkcode readFolderText}.
 */
export function programFolder(path: string): URL {
  return new URL(`${path}/`, PROGRAM);
}

/** Reads a file that belongs to the program, like `page/app.js`; undefined if it is not there. */
export async function readProgramFile(
  path: string,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  for (const folder of FOLDERS) {
    const file = await readIfThere(new URL(path, folder));
    if (file) return file;
    // `scripts/program/bundle_program.ts` compresses large files.
    const compressed = await readIfThere(new URL(`${path}.gz`, folder));
    if (compressed) return await decompress(compressed);
  }
  return undefined;
}

/**
 * A text file in a folder, with the name that it has in the sources. In the executable, the files of the
 * program's folders are compressed.
 */
export async function readFolderText(
  folder: URL,
  path: string,
): Promise<{ path: string; text: string }> {
  const file = new URL(path, folder);
  if (!Deno.build.standalone || !path.endsWith(".gz") || !file.href.startsWith(PROGRAM.href)) {
    return { path, text: await Deno.readTextFile(file) };
  }
  const bytes = await decompress(await Deno.readFile(file));
  return { path: path.slice(0, -".gz".length), text: new TextDecoder().decode(bytes) };
}

async function readIfThere(file: URL): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return await Deno.readFile(file);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return undefined;
  }
}

async function decompress(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return await new Response(stream).bytes();
}
