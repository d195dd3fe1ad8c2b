import { dirname } from "node:path";
import type { PreparedProgram } from "../../lib/launcher/prepared_program.ts";
import { prepareProgram } from "../../lib/launcher/runtime.ts";

/** Creates a folder of executable files with these contents while the function works with it. */
export async function withFiles(
  files: Record<string, string>,
  use: (folder: string) => void | Promise<void>,
): Promise<void> {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  try {
    for (const [name, content] of Object.entries(files)) {
      const path = `${folder}/${name}`;
      await Deno.mkdir(dirname(path), { recursive: true });
      await Deno.writeTextFile(path, content, { mode: 0o755 });
    }
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Prepares a command in the folder, which is all of PATH. */
export function prepare(
  folder: string,
  command: string,
  env: Record<string, string> = {},
  args: readonly string[] = ["-x"],
): PreparedProgram {
  return prepareProgram({ command, args, env: { PATH: folder, ...env } }, folder);
}
