import { assert, assertEquals, assertMatch } from "@std/assert";
import { fileURLToPath } from "node:url";
import { VERSION } from "../../lib/version.ts";
import { ANY_PORTS } from "../helpers/collector_program.ts";
import { withFolder } from "../helpers/folder.ts";
import { type Condition, testIf } from "../helpers/needs.ts";
import { inNodeFolder, needsNodePackages } from "../helpers/npm_project.ts";
import { startNpmRegistry } from "../helpers/npm_registry.ts";
import { onPath } from "../helpers/on_path.ts";
import { runProgram, withProgram } from "../helpers/program.ts";
import { buildRelease, BUILDS_RELEASE, needsRuntimes } from "../helpers/release.ts";

const NEEDS = ["net", "env", "read", "write", "run", "sys", "shell"] as const;
const RUNTIMES = needsRuntimes();

/** Package managers, with what each adds a package by. */
const MANAGERS: Record<string, { command: string[]; needs: string[] }> = {
  npm: { command: [onPath("npm"), "install", "--no-audit", "--no-fund"], needs: [] },
  pnpm: {
    command: [inNodeFolder("node_modules/.bin/pnpm"), "add"],
    needs: ["pnpm/package.json"],
  },
  bun: { command: [inNodeFolder("node_modules/.bin/bun"), "add"], needs: ["bun/package.json"] },
};

for (const [name, { command, needs }] of Object.entries(MANAGERS)) {
  testIf(released(needs), NEEDS, `${name} installs the package, and the demo runs`, async () => {
    const folder = await buildRelease();
    await using registry = await startNpmRegistry(new URL("npm/", folder));
    await withFolder(async (project) => {
      await Deno.writeTextFile(`${project}/package.json`, `{ "private": true }\n`);
      await Deno.writeTextFile(`${project}/.npmrc`, `registry=${registry.url}\n`);
      const env = withoutDeno(project, { npm_config_registry: registry.url });
      const [file = "", ...args] = [...command, "otel-kit"];
      const launch = { command: file, args };
      const installed = await runProgram([], { launch, env, cwd: project });
      assertEquals(installed.code, 0, installed.stderr + installed.stdout);

      const kit = { command: `${project}/node_modules/.bin/otel-kit`, args: [] };
      const options = { launch: kit, env };
      assertEquals((await runProgram(["--version"], options)).stdout, `otel-kit ${VERSION}\n`);
      assertEquals((await runProgram(["--wrong"], options)).code, 2);
      await withProgram(["demo", "--no-open", ...ANY_PORTS], options, async (program) => {
        assertMatch(await (await fetch(program.url)).text(), /<script type="module"/);
        const { code, stderr } = await program.stop("SIGTERM");
        assertEquals(code, 0);
        assertMatch(stderr, /Stopping/);
      });
    });
  }, BUILDS_RELEASE);
}

testIf(released([]), NEEDS, "npm installs the archives without a registry", async () => {
  const folder = await buildRelease();
  await withFolder(async (home) => {
    const archives = ["otel-kit", "otel-kit-linux-x64"]
      .map((name) => fileURLToPath(new URL(`npm/${name}-${VERSION}.tgz`, folder)));
    const launch = {
      command: onPath("npm"),
      args: ["install", "--global", "--offline", "--no-audit", "--no-fund", `--prefix=${home}`],
    };
    const env = withoutDeno(home);
    const { code, stderr } = await runProgram(archives, { launch, env });
    assertEquals(code, 0, stderr);
    const kit = { command: `${home}/bin/otel-kit`, args: [] };
    const { stdout } = await runProgram(["--version"], { launch: kit, env });
    assertEquals(stdout, `otel-kit ${VERSION}\n`);
  });
}, BUILDS_RELEASE);

testIf(released([]), NEEDS, "the npm package names what is missing", async () => {
  const folder = await buildRelease();
  await withFolder(async (home) => {
    const archive = fileURLToPath(new URL(`npm/otel-kit-${VERSION}.tgz`, folder));
    const launch = {
      command: onPath("npm"),
      args: ["install", "--offline", "--omit=optional", "--no-audit", `--prefix=${home}`],
    };
    const env = withoutDeno(home);
    const { code, stderr } = await runProgram([archive], { launch, env });
    assertEquals(code, 0, stderr);
    const kit = { command: `${home}/node_modules/.bin/otel-kit`, args: [] };
    const started = await runProgram(["demo"], { launch: kit, env });
    assertEquals(started.code, 126);
    assert(started.stderr.startsWith("otel-kit: Cannot find @otel-kit/linux-x64: "));
  });
}, BUILDS_RELEASE);

/** Requires the runtimes, Node, and packages of its tests. */
function released(needs: string[]): Condition {
  return RUNTIMES.missing ? RUNTIMES : needsNodePackages(...needs);
}

/** The environment of a user with Node but no Deno; caches are in the folder. */
function withoutDeno(
  folder: string,
  more: Record<string, string> = {},
): Record<string, string> {
  const node = onPath("node").replace(/\/node$/, "");
  return {
    HOME: folder,
    PATH: `${node}:/usr/bin:/bin`,
    npm_config_cache: `${folder}/cache`,
    ...more,
  };
}
