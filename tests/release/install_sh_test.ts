import { assert, assertEquals, assertMatch } from "@std/assert";
import { fileURLToPath } from "node:url";
import { archiveName, TARGETS } from "../../scripts/release/targets.ts";
import { VERSION } from "../../lib/version.ts";
import { ANY_PORTS } from "../helpers/collector_program.ts";
import { withFolder } from "../helpers/folder.ts";
import { testIf } from "../helpers/needs.ts";
import { needsProgram } from "../helpers/on_path.ts";
import { runProgram, withProgram } from "../helpers/program.ts";
import { buildRelease, BUILDS_RELEASE, needsRuntimes } from "../helpers/release.ts";
import { serveFolder } from "../helpers/release_server.ts";

const NEEDS = ["net", "env", "read", "write", "run", "sys", "shell"] as const;
const RUNTIMES = needsRuntimes();
const X64 = archiveName(VERSION, TARGETS[0]!);

/** Without Deno, as most machines are. */
const PATH = "/usr/bin:/bin";

/** Runs the installer for a user with this home folder. */
async function install(folder: URL, home: string, ...args: string[]) {
  const script = fileURLToPath(new URL("install.sh", folder));
  return await runProgram(args, {
    launch: { command: "/bin/sh", args: [script] },
    env: { HOME: home, PATH },
  });
}

testIf(RUNTIMES, NEEDS, "install.sh installs from its folder, and the demo runs", async () => {
  const folder = await buildRelease();
  await withFolder(async (home) => {
    const { code, stdout, stderr } = await install(folder, home);
    assertEquals([code, stderr], [0, ""]);
    const link = `${home}/.local/bin/otel-kit`;
    assert(stdout.includes(`\n  ${link}: a link to it\nTry it: ${link} demo\n`), stdout);
    assert(stdout.includes(`add ${home}/.local/bin to PATH`));

    const launch = { command: link, args: [] };
    const options = { launch, env: { HOME: home, PATH } };
    await withProgram(["demo", "--no-open", ...ANY_PORTS], options, async ({ url }) => {
      assertMatch(await (await fetch(url)).text(), /<script type="module" src="\/app\.js">/);
    });

    const removed = await install(folder, home, "--uninstall");
    assertEquals(removed.code, 0);
    assertMatch(removed.stdout, /Removed .*\/bin\/otel-kit\nRemoved .*\/lib\/otel-kit\nKept: /);
    assertEquals([...Deno.readDirSync(`${home}/.local/bin`)], []);
    assertEquals([...Deno.readDirSync(`${home}/.local/lib`)], []);
    const again = await install(folder, home, "--uninstall");
    assertEquals(again.code, 1);
    assertMatch(again.stderr, /^install\.sh: nothing to remove: /);
  });
}, BUILDS_RELEASE);

testIf(RUNTIMES, NEEDS, "install.sh downloads, and replaces what it installed", async () => {
  const folder = await buildRelease();
  await using server = serveFolder(folder);
  await withFolder(async (home) => {
    const prefix = `${home}/a folder`;
    for (let i = 0; i < 2; i++) {
      const { code, stdout } = await install(
        folder,
        home,
        "--from",
        server.url,
        "--prefix",
        prefix,
      );
      assertEquals(code, 0);
      assert(stdout.startsWith(`Getting ${server.url}/${X64}\n`), stdout);
    }
    const launch = { command: `${prefix}/bin/otel-kit`, args: [] };
    assertEquals((await runProgram(["--version"], { launch })).stdout, `otel-kit ${VERSION}\n`);
    const receipt = JSON.parse(await Deno.readTextFile(`${prefix}/lib/otel-kit/install.json`));
    assertEquals(receipt, { installedBy: "install.sh", version: VERSION, prefix });
    assertEquals([...Deno.readDirSync(`${prefix}/lib`)].map(({ name }) => name), ["otel-kit"]);
  });
}, BUILDS_RELEASE);

testIf(
  RUNTIMES,
  NEEDS,
  "install.sh changes nothing if a checksum is wrong or missing",
  async () => {
    const folder = await buildRelease();
    const sums = await Deno.readTextFile(new URL("SHA256SUMS", folder));
    const cases: [sums: string, expected: RegExp][] = [
      [
        sums.replaceAll(/^[\da-f]{8}/gm, "00000000"),
        /wrong checksum of otel-kit-.*: expected 0{8}/,
      ],
      [sums.replaceAll(X64, "other"), /SHA256SUMS does not name otel-kit-/],
    ];
    for (const [text, expected] of cases) {
      await using server = serveFolder(folder, new Map([["SHA256SUMS", text]]));
      await withFolder(async (home) => {
        const { code, stderr } = await install(folder, home, "--from", server.url);
        assertEquals(code, 1);
        assertMatch(stderr, expected);
        assertMatch(stderr, /; nothing was changed\n$/);
        assertEquals([...Deno.readDirSync(home)], []);
      });
    }
  },
  BUILDS_RELEASE,
);

testIf(RUNTIMES, NEEDS, "install.sh replaces nothing that it did not install", async () => {
  const folder = await buildRelease();
  await withFolder(async (home) => {
    await Deno.mkdir(`${home}/.local/bin`, { recursive: true });
    await Deno.writeTextFile(`${home}/.local/bin/otel-kit`, "mine");
    const { code, stderr } = await install(folder, home);
    assertEquals(code, 1);
    assertMatch(stderr, /cannot replace .*\/bin\/otel-kit: it was not installed by this script\n$/);
    assertEquals(await Deno.readTextFile(`${home}/.local/bin/otel-kit`), "mine");
  });
}, BUILDS_RELEASE);

testIf(
  RUNTIMES.missing ? RUNTIMES : needsProgram("shellcheck"),
  NEEDS,
  "shellcheck finds nothing in install.sh",
  async () => {
    const script = fileURLToPath(new URL("install.sh", await buildRelease()));
    const launch = { command: "shellcheck", args: ["--shell=sh"] };
    const { code, stdout } = await runProgram([script], { launch });
    assertEquals([code, stdout], [0, ""]);
  },
  BUILDS_RELEASE,
);
