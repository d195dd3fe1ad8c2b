import { assert, assertEquals, assertMatch } from "@std/assert";
import { parse } from "yaml";
import { REPOSITORY } from "../../lib/repository.ts";
import { VERSION } from "../../lib/version.ts";
import { sha256 } from "../../scripts/release/sums.ts";
import { archiveName, TARGETS } from "../../scripts/release/targets.ts";
import { testIf } from "../helpers/needs.ts";
import {
  buildRelease,
  BUILDS_RELEASE,
  needsRuntimes,
  releaseFileNames,
} from "../helpers/release.ts";

const NEEDS = ["env", "read", "write", "run"] as const;
const RUNTIMES = needsRuntimes();

/** An archive that a manifest names must have this address and this checksum. */
async function archiveFacts(folder: URL, name: string): Promise<{ url: string; sum: string }> {
  const target = TARGETS.find((target) => target.name === name)!;
  const file = archiveName(VERSION, target);
  return {
    url: `${REPOSITORY}/releases/download/v${VERSION}/${file}`,
    sum: sha256(await Deno.readFile(new URL(file, folder))),
  };
}

testIf(RUNTIMES, NEEDS, "the Homebrew formula and the flake have all Unix archives", async () => {
  const folder = await buildRelease();
  const formula = await Deno.readTextFile(new URL("otel-kit.rb", folder));
  const flake = await Deno.readTextFile(new URL("flake.nix", folder));
  for (const { name, os } of TARGETS) {
    if (os === "win32") continue;
    const { url, sum } = await archiveFacts(folder, name);
    assert(formula.includes(`url "${url}"\n      sha256 "${sum}"`), name);
    assert(flake.includes(`{ target = "${name}"; sha256 = "${sum}"; }`), name);
  }
  const blocks = formula.match(/^ *(class|on_\w+ do|def|test do)/gm)!;
  assertEquals(formula.match(/^ *end$/gm)!.length, blocks.length);
}, BUILDS_RELEASE);

testIf(RUNTIMES, NEEDS, "the Scoop manifest has the Windows archive", async () => {
  const folder = await buildRelease();
  const manifest = JSON.parse(await Deno.readTextFile(new URL("otel-kit.json", folder)));
  const { url, sum } = await archiveFacts(folder, "win32-x64");
  const { architecture, autoupdate } = manifest;
  assertEquals(architecture["64bit"], {
    url,
    hash: sum,
    extract_dir: `otel-kit-${VERSION}-win32-x64`,
  });
  const next = autoupdate.architecture["64bit"].url.replaceAll("$version", VERSION);
  assertEquals(next, url);
}, BUILDS_RELEASE);

testIf(
  RUNTIMES,
  NEEDS,
  "the winget manifests belong together, and have the Windows archive",
  async () => {
    const folder = await buildRelease();
    const names = (await releaseFileNames(folder)).filter((name) =>
      name.startsWith("otel-kit.otel-")
    );
    assertEquals(names.length, 3);
    const manifests = await Promise.all(
      names.map(async (name) => parse(await Deno.readTextFile(new URL(name, folder)))),
    );
    const types = manifests.map(({ ManifestType }) => ManifestType);
    assertEquals(types.toSorted(), ["defaultLocale", "installer", "version"]);
    for (const manifest of manifests) {
      assertEquals(manifest.PackageIdentifier, "otel-kit.otel-kit");
      assertEquals(String(manifest.PackageVersion), VERSION);
      assertEquals(manifest.ManifestVersion, "1.10.0");
    }
    const { Installers, NestedInstallerFiles } = manifests[types.indexOf("installer")];
    const { url, sum } = await archiveFacts(folder, "win32-x64");
    assertEquals(Installers[0].InstallerUrl, url);
    assertEquals(Installers[0].InstallerSha256, sum.toUpperCase());
    assertEquals(
      NestedInstallerFiles[0].RelativeFilePath,
      `otel-kit-${VERSION}-win32-x64\\otel-kit.exe`,
    );
  },
  BUILDS_RELEASE,
);

/**
 * How ubi, which mise uses, too, recognizes an archive for a system by its name.
 *
 * @see https://github.com/houseabsolute/ubi/blob/master/ubi/src/os.rs
 * @see https://github.com/houseabsolute/ubi/blob/master/ubi/src/arch.rs
 */
const UBI_SYSTEMS = {
  linux: /(?:\b|_)linux(?:\b|_|32|64)/i,
  darwin: /(?:\b|_)(?:darwin|macos|osx)(?:\b|_)/i,
  win32: /(?:\b|_)win(?:32|64|dows)?(?:\b|_)/i,
};
const UBI_PROCESSORS = {
  x64: /(?:\b|_)(?:386|i586|i686|x86[_-]32|x86[_-]64|x64|amd64|linux64|win64)(?:\b|_)/i,
  arm64: /(?:\b|_)(?:aarch_?64|arm_?64)(?:\b|_)/i,
};
const UBI_ARCHIVE = /\.(tar\.gz|tgz|zip)$/;

testIf(RUNTIMES, NEEDS, "ubi and mise find one archive for each system", async () => {
  const folder = await buildRelease();
  // Packages for npm are not among the files of a release on GitHub.
  const names = (await releaseFileNames(folder))
    .filter((name) => UBI_ARCHIVE.test(name) && !name.startsWith("npm/"));
  for (const target of TARGETS) {
    const found = names.filter((name) =>
      UBI_SYSTEMS[target.os].test(name) && UBI_PROCESSORS[target.cpu].test(name)
    );
    assertEquals(found, [archiveName(VERSION, target)]);
  }
}, BUILDS_RELEASE);

testIf(
  RUNTIMES,
  NEEDS,
  "install.ps1 is for this version, and its blocks are balanced",
  async () => {
    const folder = await buildRelease();
    const script = await Deno.readTextFile(new URL("install.ps1", folder));
    assertMatch(script, new RegExp(`\\$Version = '${VERSION.replaceAll(".", "\\.")}'`));
    assert(!script.includes("{{"), "placeholders are left");
    assertEquals(script.split("{").length, script.split("}").length);
  },
  BUILDS_RELEASE,
);
