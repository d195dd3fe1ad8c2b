/**
 * Builds the release into dist/release: executables for all targets, from one bundle, as archives and as npm
 * packages; installers and manifests; what is inside and its licenses; the sums of all files. The same commit
 * gives the same bytes.
 *
 * release.ts [TARGET]...: for some targets only, without installers and manifests; by default, for all.
 */
import { readProgramFile } from "../lib/program_files.ts";
import { type Build, readBuild } from "./program/build.ts";
import type { BundledPackage } from "./program/bundled_packages.ts";
import { bundleProgram, DIST } from "./program/bundle_program.ts";
import { compileExecutable } from "./program/compile_executable.ts";
import { archive, commonFiles } from "./release/archives.ts";
import { manifests } from "./release/manifests.ts";
import { releaseNotes } from "./release/notes.ts";
import { npmPackages } from "./release/npm_packages.ts";
import type { BuiltTarget, Release } from "./release/release.ts";
import { sbom } from "./release/sbom.ts";
import { checksums } from "./release/sums.ts";
import { executableName, TARGETS } from "./release/targets.ts";

const ROOT = new URL("../", import.meta.url);
const RELEASE = new URL("release/", DIST);

await bundleProgram();
const release = await readRelease(await compileTargets(Deno.args));
const files = await releaseFiles(release);
files.set("SHA256SUMS", new TextEncoder().encode(checksums(files)));
for (const [name, bytes] of files) {
  const file = new URL(name, RELEASE);
  await Deno.mkdir(new URL(".", file), { recursive: true });
  await Deno.writeFile(file, bytes, { mode: name === "install.sh" ? 0o755 : 0o644 });
}

/** Compiles the bundle for the named targets; for all if none is named. */
async function compileTargets(names: readonly string[]): Promise<BuiltTarget[]> {
  const unknown = names.find((name) => !TARGETS.some((target) => target.name === name));
  if (unknown) throw new Error(`Cannot build for ${unknown}: expected ${TARGETS.map(nameOf)}`);
  const wanted = TARGETS.filter(({ name }) => names.length === 0 || names.includes(name));
  // Outside of dist, all of which is put into the executables.
  const folder = await Deno.makeTempDir();
  try {
    const built: BuiltTarget[] = [];
    for (const target of wanted) {
      const path = `${folder}/${target.name}/${executableName(target)}`;
      await compileExecutable(path, target.triple);
      built.push({ target, executable: await Deno.readFile(path) });
    }
    return built;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function readRelease(built: readonly BuiltTarget[]): Promise<Release> {
  const { packages }: { packages: BundledPackage[] } = JSON.parse(
    await Deno.readTextFile(new URL("build.json", DIST)),
  );
  const thirdPartyLicenses = await readLicenses();
  const build: Build = await readBuild();
  return { ...build, built, packages, thirdPartyLicenses };
}

/** They are compressed in the bundle. */
async function readLicenses(): Promise<string> {
  const licenses = await readProgramFile("THIRD_PARTY_LICENSES");
  if (!licenses) throw new Error("Cannot find the licenses: the bundle has none");
  return new TextDecoder().decode(licenses);
}

/** All files but the sums, by name. */
async function releaseFiles(release: Release): Promise<Map<string, Uint8Array>> {
  const common = await commonFiles(release);
  const [archives, packages] = await Promise.all([
    Promise.all(release.built.map((each) => archive(release, each, common))),
    npmPackages(release),
  ]);
  const { version, thirdPartyLicenses } = release;
  const changelog = await Deno.readTextFile(new URL("CHANGELOG.md", ROOT));
  const texts: [name: string, text: string][] = [
    ["RELEASE_NOTES.md", releaseNotes(changelog, version)],
    ["THIRD_PARTY_LICENSES", thirdPartyLicenses],
    ["sbom.cdx.json", await sbom(release)],
  ];
  if (release.built.length === TARGETS.length) {
    const parts = archives.map(([, bytes], i) => ({ target: release.built[i]!.target, bytes }));
    texts.push(...await manifests(version, parts));
  }
  const encoder = new TextEncoder();
  return new Map([
    ...archives,
    ...packages,
    ...texts.map(([name, text]) => [name, encoder.encode(text)] as const),
  ]);
}

function nameOf({ name }: { name: string }): string {
  return name;
}
