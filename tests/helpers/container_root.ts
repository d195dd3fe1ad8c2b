import { readStages } from "./dockerfile.ts";
import type { Condition } from "./needs.ts";
import { needsProgram } from "./on_path.ts";
import type { Launch } from "./program.ts";
import { unpack } from "./release.ts";

/** What the base image has of this machine's libraries: those of C. */
const LIBRARIES = ["c", "dl", "gcc_s", "m", "pthread", "rt"];
const LIBRARY_FOLDER = "/lib/x86_64-linux-gnu";
const LOADER = "/lib64/ld-linux-x86-64.so.2";

/** Requires what stands in for Docker: a new root folder and its own processes. */
export function needsRootFolder(): Condition {
  if (Deno.build.os !== "linux" || Deno.build.arch !== "x86_64" || Deno.uid() !== 0) {
    return { missing: "only root on Linux x86-64 may change the root folder" };
  }
  return needsProgram("unshare");
}

/** A container without an engine. */
export interface ContainerRoot {
  /** Runs a command in it, as the user of the image. */
  launch(command: readonly string[]): Launch;
  /** The arguments of an instruction in JSON. */
  words(name: string): string[];
}

/**
 * Does what the Dockerfile in the folder says for x86-64, in an empty folder: adds the archive, and copies its
 * content into a folder with the libraries of the base image.
 */
export async function buildContainer(context: URL, root: string): Promise<ContainerRoot> {
  const dockerfile = await Deno.readTextFile(new URL("Dockerfile", context));
  const stages = readStages(dockerfile);
  const stage = (name: string) => stages.find(([from]) => from?.text.endsWith(` AS ${name}`)) ?? [];
  const image = stages.at(-1)!;
  const find = (name: string, among = image) =>
    among.find((instruction) => instruction.name === name)?.text ?? "";

  const [archive = "", addedTo] = find("ADD", stage("program-amd64")).split(" ");
  const added = `${root}.added`;
  await Deno.mkdir(added);
  await unpack(new URL(archive, context), added);
  const [, pattern = "", target = ""] = /^--from=program (\S+) (\S+)$/.exec(find("COPY")) ?? [];
  const wanted = new RegExp(`^${pattern.replaceAll(".", "\\.").replace("*", "[^/]*")}$`);
  await Deno.mkdir(`${root}/proc`, { recursive: true });
  await Deno.mkdir(`${root}${target}`, { recursive: true });
  for await (const { name } of Deno.readDir(added)) {
    if (!wanted.test(`${addedTo}${name}`)) continue;
    for await (const inner of Deno.readDir(`${added}/${name}`)) {
      await Deno.rename(`${added}/${name}/${inner.name}`, `${root}${target}${inner.name}`);
    }
  }
  await Deno.remove(added, { recursive: true });
  await copyLibraries(root);
  return {
    words: (name) => JSON.parse(/\[.*\]/.exec(find(name))?.[0] ?? "[]"),
    launch: (command) => ({
      command: "unshare",
      args: [
        ...["--mount", "sh", "-c", 'root=$1; shift; mount -t proc proc "$root/proc" && exec "$@"'],
        ...["sh", root, "/usr/sbin/chroot", `--userspec=${find("USER")}`, root, ...command],
      ],
    }),
  };
}

async function copyLibraries(root: string): Promise<void> {
  const names = [...Deno.readDirSync(LIBRARY_FOLDER)].map(({ name }) => name);
  await Deno.mkdir(`${root}/lib64`);
  await Deno.mkdir(`${root}${LIBRARY_FOLDER}`, { recursive: true });
  await Deno.copyFile(LOADER, `${root}${LOADER}`);
  for (const library of LIBRARIES) {
    const name = names.find((name) => name.startsWith(`lib${library}.so.`));
    if (name === undefined) throw new Error(`Cannot find lib${library} on this machine`);
    await Deno.copyFile(`${LIBRARY_FOLDER}/${name}`, `${root}${LIBRARY_FOLDER}/${name}`);
  }
}
