import { fileURLToPath, pathToFileURL } from "node:url";
import { TARGETS } from "../../scripts/release/targets.ts";
import { areGranted, type Condition } from "./needs.ts";
import { within } from "./patience.ts";
import { changedSince, ROOT } from "./sources.ts";

/** A copy of the project, whose `dist/` no other test uses. */
const COPY = new URL("dist/release_test/", ROOT);

const SOURCES = ["apps", "collector-demo", "docs", "lib", "scripts", "main.ts", "deno.json"];

/** The time of the commit, which a copy without a repository doesn't have. */
const SOURCE_DATE_EPOCH = String(Date.UTC(2026, 0, 2) / 1000);

/** Building takes half a minute of CPU time, and other tests run meanwhile. */
const PATIENCE_MS = 600_000;

/** The options of tests that might be the first to build the release. */
export const BUILDS_RELEASE = { limitMillis: PATIENCE_MS };

let building: Promise<URL> | undefined;

/** Requires the runtimes for all targets in Deno's cache. */
export function needsRuntimes(): Condition {
  if (!areGranted(["env", "read"]) || TARGETS.every(({ triple }) => isCached(triple))) {
    return { missing: undefined };
  }
  return { missing: "no runtimes for other targets, run `deno task release`" };
}

/** Builds the release of a copy of the project, once; returns the folder of its files. */
export async function buildRelease(): Promise<URL> {
  building ??= buildOnce();
  return await building;
}

/** Copies the project's files into a folder, and builds the release for some targets there. */
export async function buildReleaseIn(folder: URL, targets: readonly string[]): Promise<URL> {
  await copyProject(folder);
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "release", ...targets],
    cwd: folder,
    env: { SOURCE_DATE_EPOCH },
  }).output();
  if (!success) throw new Error(`Cannot build a release: ${new TextDecoder().decode(stderr)}`);
  return new URL("dist/release/", folder);
}

async function buildOnce(): Promise<URL> {
  await Deno.mkdir(new URL("dist/", ROOT), { recursive: true });
  using lock = await Deno.open(new URL("dist/release_test.lock", ROOT), {
    write: true,
    create: true,
  });
  await within(lock.lock(true), "another test file, which builds the release", PATIENCE_MS);
  const folder = new URL("dist/release/", COPY);
  const built = modified(new URL("SHA256SUMS", folder));
  if (built && !changedSince(built, SOURCES)) return folder;
  await Deno.remove(COPY, { recursive: true }).catch(() => {});
  return await buildReleaseIn(COPY, []);
}

async function copyProject(folder: URL): Promise<void> {
  const { stdout } = await new Deno.Command("git", {
    args: ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    cwd: ROOT,
  }).output();
  for (const path of new TextDecoder().decode(stdout).split("\0").filter(Boolean)) {
    if (path.startsWith("tests/")) continue;
    const target = new URL(path, folder);
    await Deno.mkdir(new URL(".", target), { recursive: true });
    // Listed until the deletion is committed.
    await Deno.copyFile(new URL(path, ROOT), target).catch((error) => {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    });
  }
}

function isCached(triple: string): boolean {
  return modified(runtimeFile(triple)) !== undefined;
}

/** The archive of the runtime for a target, in Deno's cache. */
export function runtimeFile(triple: string): URL {
  const cache = Deno.env.get("DENO_DIR") ?? defaultCache();
  const version = `v${Deno.version.deno}`;
  return pathToFileURL(`${cache}/dl/release/${version}/denort-${triple}.zip`);
}

function defaultCache(): string {
  const home = Deno.env.get("HOME") ?? "";
  return {
    darwin: `${home}/Library/Caches/deno`,
    windows: `${Deno.env.get("LOCALAPPDATA") ?? ""}\\deno`,
  }[Deno.build.os as string] ?? `${Deno.env.get("XDG_CACHE_HOME") ?? `${home}/.cache`}/deno`;
}

function modified(file: URL): Date | undefined {
  try {
    return Deno.statSync(file).mtime ?? undefined;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return undefined;
  }
}

/** The paths of all files of the release, relative to its folder. */
export async function releaseFileNames(folder: URL): Promise<string[]> {
  const names: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (!isDirectory) names.push(name);
    else {
      for await (const inner of Deno.readDir(new URL(`${name}/`, folder))) {
        names.push(`${name}/${inner.name}`);
      }
    }
  }
  return names.toSorted();
}

/** Unpacks an archive with `tar` into a folder. */
export async function unpack(archive: URL, folder: string): Promise<void> {
  const { success, stderr } = await new Deno.Command("tar", {
    args: ["-xzf", fileURLToPath(archive), "-C", folder],
  }).output();
  if (!success) throw new Error(`Cannot unpack: ${new TextDecoder().decode(stderr)}`);
}
