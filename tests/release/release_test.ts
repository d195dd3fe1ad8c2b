import { assert, assertEquals, assertMatch } from "@std/assert";
import { pathToFileURL } from "node:url";
import { filesOf } from "../../scripts/program/files.ts";
import { sha256 } from "../../scripts/release/sums.ts";
import {
  archiveName,
  executableName,
  type Target,
  TARGETS,
} from "../../scripts/release/targets.ts";
import { VERSION } from "../../lib/version.ts";
import { withFolder } from "../helpers/folder.ts";
import { testIf } from "../helpers/needs.ts";
import { needsProgram, onPath } from "../helpers/on_path.ts";
import {
  buildRelease,
  buildReleaseIn,
  BUILDS_RELEASE,
  needsRuntimes,
  releaseFileNames,
  runtimeFile,
  unpack,
} from "../helpers/release.ts";
import { readZip } from "../helpers/zip_file.ts";

const NEEDS = ["env", "read", "write", "run"] as const;
const RUNTIMES = needsRuntimes();
const X64 = TARGETS[0]!;

testIf(RUNTIMES, NEEDS, "SHA256SUMS names every file of the release", async () => {
  const folder = await buildRelease();
  const sums = (await Deno.readTextFile(new URL("SHA256SUMS", folder))).trimEnd().split("\n");
  const names = await releaseFileNames(folder);
  assertEquals(sums.map((line) => line.slice(66)), names.filter((name) => name !== "SHA256SUMS"));
  for (const line of sums) {
    const [sum, name] = line.split("  ");
    assertEquals(sha256(await Deno.readFile(new URL(name!, folder))), sum, name);
  }
}, BUILDS_RELEASE);

testIf(RUNTIMES, NEEDS, "another build of the same sources has the same bytes", async () => {
  const folder = await buildRelease();
  await withFolder(async (path) => {
    const copy = await buildReleaseIn(pathToFileURL(`${path}/a/longer/path/`), [X64.name]);
    const names = await releaseFileNames(copy);
    assert(names.includes(archiveName(VERSION, X64)));
    for (const name of names) {
      if (name === "SHA256SUMS") continue;
      const sums = [];
      for (const each of [folder, copy]) {
        sums.push(sha256(await Deno.readFile(new URL(name, each))));
      }
      assertEquals(sums[0], sums[1], name);
    }
  });
}, BUILDS_RELEASE);

testIf(RUNTIMES, NEEDS, "the SBOM lists the packages of the bundle, and the runtime", async () => {
  const folder = await buildRelease();
  const { components, dependencies } = JSON.parse(
    await Deno.readTextFile(new URL("sbom.cdx.json", folder)),
  );
  const library = components.filter(({ type }: { type: string }) => type === "library");
  const purls: string[] = library.map(({ purl }: { purl: string }) => purl);
  for (const { hashes, licenses } of library) {
    assertMatch(hashes[0].content, /^[\da-f]{128}$/);
    assertEquals(licenses.length, 1);
  }
  // Source maps name what is inside, too, for packages that ship intact maps.
  const mapped = await mappedPackages(new URL("../", folder));
  assert(mapped.size > 25, String(mapped.size));
  assertEquals([...mapped].filter((purl) => !purls.includes(purl)), []);
  // The bundle of the page has no maps, and this package would have none in it.
  assert(purls.some((purl) => purl.startsWith("pkg:npm/%40dagrejs/dagre@")));
  const platforms = components.filter(({ type }: { type: string }) => type === "platform");
  assertEquals(
    platforms.map(({ name, version }: { name: string; version: string }) => [name, version]),
    [["deno", Deno.version.deno], ["v8", Deno.version.v8]],
  );
  assertEquals(dependencies[0].dependsOn.length, components.length);

  const licenses = await Deno.readTextFile(new URL("THIRD_PARTY_LICENSES", folder));
  for (const purl of purls) {
    const [, name, version] = /^pkg:npm\/(.+)@(.+)$/.exec(purl) ?? [];
    assert(licenses.includes(`\n${decodeURIComponent(name!)} ${version} (`), purl);
  }
}, BUILDS_RELEASE);

testIf(RUNTIMES, NEEDS, "every executable is for its system and processor", async () => {
  const folder = await buildRelease();
  for (const target of TARGETS) {
    const archive = new URL(archiveName(VERSION, target), folder);
    const base = `otel-kit-${VERSION}-${target.name}`;
    const files = target.os === "win32"
      ? await readZip(await Deno.readFile(archive))
      : await readTar(archive);
    assertEquals(
      [...files.keys()].toSorted(),
      [
        "LICENSE",
        "README.md",
        "THIRD_PARTY_LICENSES",
        "completions/otel-kit.bash",
        "completions/otel-kit.fish",
        "completions/otel-kit.zsh",
        executableName(target),
      ].map((name) => `${base}/${name}`),
    );
    const executable = files.get(`${base}/${executableName(target)}`)!;
    assertEquals(formatOf(executable), `${target.os} ${target.cpu}`);
    const text = new TextDecoder("latin1").decode(executable.subarray(-16 * 1024 * 1024));
    assert(text.includes("lib/workshop/steps/course.yaml") || text.includes("course.yaml"));
    const readme = new TextDecoder().decode(files.get(`${base}/README.md`));
    assert(!/\]\((?!https:|#)/.test(readme), "links lead out of the archive");
  }
}, BUILDS_RELEASE);

testIf(
  RUNTIMES.missing ? RUNTIMES : needsProgram("qemu-aarch64-static"),
  NEEDS,
  "the executable for ARM64 runs",
  async () => {
    const folder = await buildRelease();
    const arm64 = TARGETS.find(({ name }) => name === "linux-arm64")!;
    await withFolder(async (path) => {
      await unpack(new URL(archiveName(VERSION, arm64), folder), path);
      const { stdout, success } = await new Deno.Command(onPath("qemu-aarch64-static"), {
        args: [`${path}/otel-kit-${VERSION}-linux-arm64/otel-kit`, "--version"],
        env: { QEMU_LD_PREFIX: "/usr/aarch64-linux-gnu" },
      }).output();
      assertEquals([success, new TextDecoder().decode(stdout)], [true, `otel-kit ${VERSION}\n`]);
    });
  },
  BUILDS_RELEASE,
);

testIf(RUNTIMES, NEEDS, "the executable is at most 4 MiB larger than its runtime", async () => {
  const folder = await buildRelease();
  const files = await readTar(new URL(archiveName(VERSION, X64), folder));
  const executable = files.get(`otel-kit-${VERSION}-${X64.name}/otel-kit`)!;
  const runtime = (await readZip(await Deno.readFile(runtimeFile(X64.triple)))).get("denort")!;
  const added = executable.length - runtime.length;
  assert(added > 0 && added <= 4 * 1024 * 1024, `${added} bytes`);
}, BUILDS_RELEASE);

/** The packages that the source maps of a bundle name, as package URLs. */
async function mappedPackages(bundle: URL): Promise<Set<string>> {
  const packages = new Set<string>();
  for (const path of await filesOf(bundle)) {
    if (path.startsWith("release/") || !path.endsWith(".js.map")) continue;
    const { sources }: { sources: string[] } = JSON.parse(
      await Deno.readTextFile(new URL(path, bundle)),
    );
    for (const source of sources) {
      const [, name, version] = /\/npm\/((?:@[^/]+\/)?[^/]+)\/(\d[^/]*)\//.exec(source) ?? [];
      if (name) packages.add(`pkg:npm/${name.replace("@", "%40")}@${version}`);
    }
  }
  return packages;
}

async function readTar(archive: URL): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  await withFolder(async (path) => {
    await unpack(archive, path);
    const folder = pathToFileURL(`${path}/`);
    for (const name of await filesOf(folder)) {
      files.set(name, await Deno.readFile(new URL(name, folder)));
    }
  });
  return files;
}

/** The system and the processor that an executable's header names. */
function formatOf(bytes: Uint8Array<ArrayBuffer>): `${Target["os"]} ${string}` | "unknown" {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  if (view.getUint32(0) === 0x7f454c46) {
    return `linux ${{ 62: "x64", 183: "arm64" }[view.getUint16(18, true)]}`;
  }
  if (view.getUint32(0, true) === 0xfeedfacf) {
    return `darwin ${{ 0x01000007: "x64", 0x0100000c: "arm64" }[view.getUint32(4, true)]}`;
  }
  const header = view.getUint32(0x3c, true);
  if (view.getUint16(0) === 0x4d5a && view.getUint32(header) === 0x50450000) {
    return `win32 ${{ 0x8664: "x64" }[view.getUint16(header + 4, true)]}`;
  }
  return "unknown";
}
