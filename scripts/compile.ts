/**
 * Builds the executable: bundles the program, which makes it small and fast to start, then compiles the bundle.
 * Source maps keep its stack traces readable; it doesn't contain paths of the build machine.
 *
 * compile.ts [PATH]: the path of the executable, by default ./otel-kit.
 */
import { cp } from "node:fs/promises";

const ROOT = new URL("../", import.meta.url);
const DIST = new URL("dist/", ROOT);
const EXECUTABLE = Deno.args[0] ?? (Deno.build.os === "windows" ? "otel-kit.exe" : "otel-kit");

/**
 * The permissions of the program, listed individually, without foreign functions. Files and addresses are not
 * restricted, because the user chooses them: read is for certificates and configuration files, write for
 * `--db`, for the learner's folder and progress, and for files that are saved on request.
 */
const PERMISSIONS = ["net", "env", "read", "write", "run", "sys"].map((name) => `--allow-${name}`);

/** The code that the bundler emits in a chunk whose CommonJS packages `require` a built-in module. */
const NEEDS_REQUIRE = "Dynamic require of";
const REQUIRE =
  `import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);`;

/** The places where the sources start workers; the bundler doesn't change these URLs. */
const WORKERS = [
  "lib/cli/demo/app_worker.ts",
  "lib/collector/decode/decode_worker.ts",
  "lib/collector/store/worker/store_worker.ts",
];

await Deno.remove(DIST, { recursive: true }).catch((error) => {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
});
await deno([
  "bundle",
  "--quiet",
  "--minify",
  "--keep-names",
  "--code-splitting",
  "--sourcemap=linked",
  "--outdir=dist",
  "main.ts",
  ...WORKERS,
]);
for (const path of await filesOf(DIST)) {
  const file = new URL(path, DIST);
  if (path.endsWith(".map")) await rewriteSourceMap(file);
  else if (path.endsWith(".js")) {
    await addressWorkers(file);
    await provideRequire(file);
  }
}
await deno(["task", "--quiet", "page"]);
// The sources that the side-by-side view and `diff` show, where `lib/cli/app/mode_source.ts` reads them: as
// text, not modules.
await Deno.mkdir(new URL("apps", DIST));
for (const app of ["base", "manual", "middleware"]) {
  await cp(new URL(`apps/${app}.ts`, ROOT), new URL(`apps/${app}.ts.txt`, DIST));
}
// The files that the program copies and reads, where `lib/program_files.ts` finds them.
for (
  const folder of [
    "collector-demo",
    "lib/workshop/step_template",
    "lib/workshop/steps",
    "lib/workshop/template",
  ]
) {
  await cp(new URL(folder, ROOT), new URL(folder, DIST), { recursive: true });
  await nameAsText(new URL(`${folder}/`, DIST));
}
// The code that `auto` passes to Deno and Node.
await deno(["task", "--quiet", "preload"]);
const bootstrap = "lib/launcher/runtimes/node_bootstrap.js";
await cp(new URL(bootstrap, ROOT), new URL(bootstrap, DIST));
await deno([
  "compile",
  "--quiet",
  "--no-config",
  "--no-check",
  // The cache would be a file in the temporary folder, and the program writes no files unless asked to.
  "--no-code-cache",
  // More frequent garbage collection: each worker of a collector under load needs half the memory.
  "--v8-flags=--max-semi-space-size=4,--heap-growing-percent=30",
  ...PERMISSIONS,
  "--include=dist",
  `--output=${EXECUTABLE}`,
  "dist/main.js",
]);

/** Makes the compiler treat TypeScript files as text, not as modules of the program. */
async function nameAsText(folder: URL): Promise<void> {
  for (const { name, isDirectory } of await Array.fromAsync(Deno.readDir(folder))) {
    const file = new URL(name, folder);
    if (isDirectory) await nameAsText(new URL(`${name}/`, folder));
    else if (name.endsWith(".ts")) await Deno.rename(file, new URL(`${file}.txt`));
  }
}

async function deno(args: string[]): Promise<void> {
  const { success, code } = await new Deno.Command(Deno.execPath(), {
    args,
    cwd: ROOT,
    stdout: "inherit",
    stderr: "inherit",
  }).output();
  if (!success) throw new Error(`Cannot build: deno ${args[0]} ended with code ${code}`);
}

async function filesOf(folder: URL): Promise<string[]> {
  const files: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (!isDirectory) files.push(name);
    else {
      const inner = await filesOf(new URL(`${name}/`, folder));
      files.push(...inner.map((path) => `${name}/${path}`));
    }
  }
  return files;
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

/** Names sources by their path in the project or in their package, and omits their text. */
async function rewriteSourceMap(file: URL): Promise<void> {
  await editSourceMap(file, ({ sourcesContent: _, ...map }) => ({
    ...map,
    sources: map.sources.map((source) =>
      source.replace(/^.*\/(npm|node_modules)\/([^/]+\.[^/]+\/)?/, "../npm/")
    ),
  }));
}

/** Moves the code that `require` needs to a separate line, and updates the source map. */
async function provideRequire(file: URL): Promise<void> {
  const code = await Deno.readTextFile(file);
  if (!code.includes(NEEDS_REQUIRE)) return;
  await Deno.writeTextFile(file, `${REQUIRE}\n${code}`);
  await editSourceMap(
    new URL(`${file}.map`),
    (map) => ({ ...map, mappings: `;${map.mappings}` }),
  );
}

interface SourceMap {
  sources: string[];
  sourcesContent?: string[];
  mappings: string;
}

async function editSourceMap(file: URL, edit: (map: SourceMap) => SourceMap): Promise<void> {
  await Deno.writeTextFile(file, JSON.stringify(edit(JSON.parse(await Deno.readTextFile(file)))));
}
