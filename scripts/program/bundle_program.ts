/**
 * Fills `dist/` with what the executable contains: the bundle of the program and its workers, the page, what
 * `auto` preloads, and files that the program reads. The bytes depend on the sources only, not on the machine.
 */
import { cp } from "node:fs/promises";
import { gzip } from "../release/deflate.ts";
import { readBuild } from "./build.ts";
import { bundledPackages } from "./bundled_packages.ts";
import { filesOf } from "./files.ts";
import { droppedDisposals } from "./kept_disposal.ts";
import { runDeno } from "./run_deno.ts";
import { provideRequire } from "./provide_require.ts";
import { rewriteSourceMap } from "./source_maps.ts";
import { stabilizeNames } from "./stable_names.ts";
import { thirdPartyLicenses } from "./third_party_licenses.ts";

const ROOT = new URL("../../", import.meta.url);

/** The folder of the bundle. */
export const DIST = new URL("dist/", ROOT);

/** The places where the sources start workers; the bundler doesn't change these URLs. */
const WORKERS = [
  "lib/cli/demo/app_worker.ts",
  "lib/collector/decode/decode_worker.ts",
  "lib/collector/store/worker/store_worker.ts",
];

/** What is bundled together. */
const ENTRIES = ["main.ts", ...WORKERS];

/** Folders of texts that the program copies and reads, compressed, where `lib/program_files.ts` finds them. */
const FOLDERS = [
  "collector-demo",
  "lib/instrumentation",
  "lib/workshop/step_template",
  "lib/workshop/steps",
  "lib/workshop/template",
];

/** Large files that are seldom read. Others are read by Deno itself, or their size is no matter. */
const COMPRESSED = [
  "THIRD_PARTY_LICENSES",
  "bun_preload.js",
  "node_preload.js",
  "page/app.css",
  "page/app.js",
  "page/class.js",
  "page/slides.css",
  "page/slides.js",
  "page/tutorial.js",
];

/** Empties `dist/`, and fills it. */
export async function bundleProgram(): Promise<void> {
  await Deno.remove(DIST, { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
  await bundleCode();
  await runDeno(["task", "--quiet", "page"]);
  // The code that `auto` passes to Deno, Bun, and Node.
  await runDeno(["task", "--quiet", "preload"]);
  await copyFiles();
  await describeBuild();
  for (const path of COMPRESSED) await compress(new URL(path, DIST));
  await compressAll(new URL("page/tutorial/", DIST));
  await setTimes(DIST);
}

async function bundleCode(): Promise<void> {
  await runDeno([
    "bundle",
    "--quiet",
    "--minify",
    "--keep-names",
    "--code-splitting",
    "--sourcemap=linked",
    "--outdir=dist",
    ...ENTRIES,
  ]);
  for (const path of await filesOf(DIST)) {
    const file = new URL(path, DIST);
    if (path.endsWith(".map")) {
      await checkDisposals(file);
      await rewriteSourceMap(file);
    } else {
      await addressWorkers(file);
      await provideRequire(file);
    }
  }
  await stabilizeNames(DIST);
}

/** @throws {Error} If something would not be disposed of in the executable. */
async function checkDisposals(sourceMap: URL): Promise<void> {
  const dropped = droppedDisposals(JSON.parse(await Deno.readTextFile(sourceMap)));
  if (dropped.length === 0) return;
  throw new Error(
    `Cannot bundle: the minifier dropped using at ${dropped.join(", ")}. Use try and finally there`,
  );
}

/** Makes the code that starts a worker find its bundle, whichever file in dist the code is in. */
async function addressWorkers(file: URL): Promise<void> {
  const code = await Deno.readTextFile(file);
  const up = "../".repeat(file.pathname.slice(DIST.pathname.length).split("/").length - 1) || "./";
  const addressed = WORKERS.reduce((code, worker) => {
    const source = `"./${worker.split("/").at(-1)}"`;
    return code.replaceAll(source, JSON.stringify(up + worker.replace(/\.ts$/, ".js")));
  }, code);
  if (addressed !== code) await Deno.writeTextFile(file, addressed);
}

async function copyFiles(): Promise<void> {
  // The sources that the side-by-side view and `diff` show, where `lib/cli/app/mode_source.ts` reads them: as
  // text, not modules.
  await Deno.mkdir(new URL("apps", DIST));
  for (const app of ["base", "manual", "middleware"]) {
    await cp(new URL(`apps/${app}.ts`, ROOT), new URL(`apps/${app}.ts.txt`, DIST));
  }
  for (const folder of FOLDERS) {
    await cp(new URL(folder, ROOT), new URL(folder, DIST), { recursive: true });
    await compressAll(new URL(`${folder}/`, DIST));
  }
  const bootstrap = "lib/launcher/runtimes/node_bootstrap.js";
  await cp(new URL(bootstrap, ROOT), new URL(bootstrap, DIST));
}

/** Also makes the compiler treat TypeScript files as data, not as modules of the program. */
async function compressAll(folder: URL): Promise<void> {
  for (const path of await filesOf(folder)) await compress(new URL(path, folder));
}

/** Writes what `--version --verbose` and `licenses` print. */
async function describeBuild(): Promise<void> {
  const packages = await bundledPackages(ENTRIES);
  const build = { ...await readBuild(), packages };
  await Deno.writeTextFile(new URL("build.json", DIST), `${JSON.stringify(build, null, 1)}\n`);
  await Deno.writeTextFile(
    new URL("THIRD_PARTY_LICENSES", DIST),
    await thirdPartyLicenses(packages),
  );
}

async function compress(file: URL): Promise<void> {
  await Deno.writeFile(new URL(`${file}.gz`), await gzip([await Deno.readFile(file)]));
  await Deno.remove(file);
}

/** Gives all files the time of the commit, because the executable contains it. */
async function setTimes(folder: URL): Promise<void> {
  const { date } = await readBuild();
  const time = new Date(date);
  for (const path of await filesOf(folder)) await Deno.utime(new URL(path, folder), time, time);
}
