import { assert, assertEquals, assertMatch } from "@std/assert";
import { fileURLToPath, pathToFileURL } from "node:url";
import { VERSION } from "../../lib/version.ts";
import { checksums } from "../../scripts/release/sums.ts";
import { tarGz } from "../../scripts/release/tar.ts";
import { withFolder } from "../helpers/folder.ts";
import { testIf } from "../helpers/needs.ts";
import { runProgram } from "../helpers/program.ts";
import { buildRelease, BUILDS_RELEASE, needsRuntimes } from "../helpers/release.ts";
import { serveFolder } from "../helpers/release_server.ts";

const NEEDS = ["net", "env", "read", "write", "run", "sys", "shell"] as const;
const RUNTIMES = needsRuntimes();
const NEXT = "9.9.9";

/** Writes a release whose program answers like this to `--version`. */
async function writeRelease(folder: string, answer: string): Promise<void> {
  const target = `${Deno.build.os}-${Deno.build.arch === "x86_64" ? "x64" : "arm64"}`;
  const name = `otel-kit-${NEXT}-${target}`;
  const bytes = new TextEncoder().encode(`#!/bin/sh\necho "${answer}"\n`);
  const files = [{ path: `${name}/otel-kit`, bytes, isExecutable: true }];
  const archive = await tarGz(files, new Date(0));
  const sums = checksums(new Map([[`${name}.tar.gz`, archive]]));
  await Deno.writeFile(`${folder}/${name}.tar.gz`, archive);
  await Deno.writeTextFile(`${folder}/SHA256SUMS`, sums);
  await Deno.writeTextFile(`${folder}/SHA256SUMS.sigstore.json`, "{}");
}

/** Installs this release for a user, and upgrades it from another, with `gh` that ends with this code. */
async function upgrade(home: string, answer: string, gh: number | undefined, ...more: string[]) {
  const installer = fileURLToPath(new URL("install.sh", await buildRelease()));
  const launch = { command: "/bin/sh", args: [installer] };
  const env = { HOME: home, PATH: `${home}/tools:/usr/bin:/bin` };
  await runProgram([], { launch, env });
  await Deno.mkdir(`${home}/tools`, { recursive: true });
  if (gh !== undefined) {
    const tool = `#!/bin/sh\necho "$@" >${home}/asked\necho "no attestation" >&2\nexit ${gh}\n`;
    await Deno.writeTextFile(`${home}/tools/gh`, tool, { mode: 0o755 });
  }
  await Deno.mkdir(`${home}/release`, { recursive: true });
  await writeRelease(`${home}/release`, answer);
  await using server = serveFolder(pathToFileURL(`${home}/release/`));
  const kit = { command: `${home}/.local/bin/otel-kit`, args: [] };
  const result = await runProgram(["upgrade", "--from", server.url, ...more], { launch: kit, env });
  const { stdout } = await runProgram(["--version"], { launch: kit, env });
  assertEquals([...Deno.readDirSync(`${home}/.local/lib`)].map(({ name }) => name), ["otel-kit"]);
  return { ...result, now: stdout.trim() };
}

testIf(
  RUNTIMES,
  NEEDS,
  "upgrade replaces what install.sh installed, once gh confirms it",
  async () => {
    await withFolder(async (home) => {
      const { code, stdout, stderr, now } = await upgrade(home, `otel-kit ${NEXT}`, 0);
      assertEquals(code, 0, stderr);
      assertEquals(stdout, `otel-kit ${VERSION}, installed by install.sh\nUpgraded to ${NEXT}\n`);
      assertMatch(stderr, /gh confirms that the project built it\n$/);
      assertEquals(now, `otel-kit ${NEXT}`);
      const asked = await Deno.readTextFile(`${home}/asked`);
      assertMatch(
        asked,
        /^attestation verify \S+\.tar\.gz --repo=otel-kit\/otel-kit --signer-work/,
      );
      const receipt = JSON.parse(
        await Deno.readTextFile(`${home}/.local/lib/otel-kit/install.json`),
      );
      assertEquals(receipt.version, NEXT);
    });
  },
  BUILDS_RELEASE,
);

testIf(RUNTIMES, NEEDS, "upgrade changes nothing if it cannot trust the release", async () => {
  const cases: [answer: string, gh: number | undefined, expected: RegExp, flags: string[]][] = [
    [`otel-kit ${NEXT}`, 1, /gh does not confirm .*: no attestation\n$/, []],
    [
      `otel-kit ${NEXT}`,
      undefined,
      /Cannot check who built the release: install gh .* Nothing/,
      [],
    ],
    ["broken", 0, /Cannot use the new version: expected "otel-kit 9\.9\.9", got "broken"/, []],
    ["broken", undefined, /got "broken"\. Nothing was changed\n$/, ["--skip-attestation"]],
  ];
  for (const [answer, gh, expected, flags] of cases) {
    await withFolder(async (home) => {
      const { code, stderr, now } = await upgrade(home, answer, gh, ...flags);
      assertEquals(code, 1);
      assertMatch(stderr, expected);
      assertEquals(now, `otel-kit ${VERSION}`);
    });
  }
}, BUILDS_RELEASE);

testIf(RUNTIMES, NEEDS, "the executable lists its packages and licenses", async () => {
  const folder = await buildRelease();
  await withFolder(async (home) => {
    const installer = fileURLToPath(new URL("install.sh", folder));
    await runProgram([], {
      launch: { command: "/bin/sh", args: [installer] },
      env: { HOME: home, PATH: "/usr/bin:/bin" },
    });
    const launch = { command: `${home}/.local/bin/otel-kit`, args: [] };
    const version = await runProgram(["--version", "--verbose"], { launch });
    assertMatch(version.stdout, /^otel-kit .*\n {2}commit +unknown\n {2}date +2026-01-02T/);
    assertMatch(version.stdout, /\n {2}installed +by install\.sh\n/);
    const { components } = JSON.parse(
      await Deno.readTextFile(new URL("sbom.cdx.json", folder)),
    );
    const libraries = components.filter(({ type }: { type: string }) => type === "library");
    assertMatch(version.stdout, new RegExp(`\\n {2}packages +${libraries.length}\\n`));
    assert(version.stdout.includes("\n    hono "));
    const { stdout } = await runProgram(["licenses"], { launch });
    assertEquals(stdout, await Deno.readTextFile(new URL("THIRD_PARTY_LICENSES", folder)));
  });
}, BUILDS_RELEASE);
