import { REPOSITORY } from "../../lib/repository.ts";
import type { ArchiveFile } from "./archive_file.ts";
import type { BuiltTarget, Release } from "./release.ts";
import { tarGz } from "./tar.ts";
import { executableName, type Target, TARGETS } from "./targets.ts";
import { fillTemplate } from "./template.ts";

const ROOT = new URL("../../", import.meta.url);

/** The folder that npm expects in a package's archive. */
const ARCHIVE_FOLDER = "package";

/**
 * The packages for npm, packed: `otel-kit`, which starts the executable, and a package with the executable for
 * each target. npm installs only the one for its own system.
 */
export async function npmPackages(
  release: Release,
): Promise<[name: string, bytes: Uint8Array][]> {
  const { version, built } = release;
  const targets = built.map(async (each) =>
    [
      `npm/otel-kit-${each.target.name}-${version}.tgz`,
      await pack(release, await targetFiles(release, each)),
    ] satisfies [string, Uint8Array]
  );
  return [
    [`npm/otel-kit-${version}.tgz`, await pack(release, await launcherFiles(release))],
    ...await Promise.all(targets),
  ];
}

/** The name of the package with the executable for a target. */
export function npmName({ name }: Target): string {
  return `@otel-kit/${name}`;
}

async function launcherFiles({ version }: Release): Promise<ArchiveFile[]> {
  return [
    jsonFile("package.json", {
      ...common("otel-kit", version),
      description: "Hands-on kit for learning and using OpenTelemetry",
      keywords: ["opentelemetry", "tracing", "metrics", "otlp", "collector"],
      type: "module",
      bin: { "otel-kit": "bin/otel-kit.js" },
      engines: { node: ">=20" },
      optionalDependencies: Object.fromEntries(
        TARGETS.map((target) => [npmName(target), version]),
      ),
    }),
    {
      ...textFile("bin/otel-kit.js", await fillTemplate("npm_launcher.js", {})),
      isExecutable: true,
    },
    textFile("README.md", await fillTemplate("npm_readme.md", { repository: REPOSITORY })),
    await license(),
  ];
}

async function targetFiles(
  { version, thirdPartyLicenses }: Release,
  { target, executable }: BuiltTarget,
): Promise<ArchiveFile[]> {
  const { os, cpu } = target;
  return [
    jsonFile("package.json", {
      ...common(npmName(target), version),
      description: `The executable of otel-kit for ${target.name}`,
      os: [os],
      cpu: [cpu],
      ...os === "linux" && { libc: ["glibc"] },
      // Yarn must not leave it in an archive, where it can't be run.
      preferUnplugged: true,
    }),
    { path: executableName(target), bytes: executable, isExecutable: true },
    await license(),
    textFile("THIRD_PARTY_LICENSES", thirdPartyLicenses),
  ];
}

function common(name: string, version: string) {
  return {
    name,
    version,
    license: "Apache-2.0",
    homepage: REPOSITORY,
    repository: { type: "git", url: `git+${REPOSITORY}.git` },
    // Provenance is required for packages with a scope and without.
    publishConfig: { access: "public", provenance: true },
  };
}

async function pack({ date }: Release, files: readonly ArchiveFile[]): Promise<Uint8Array> {
  const inside = files.map((file) => ({ ...file, path: `${ARCHIVE_FOLDER}/${file.path}` }));
  return await tarGz(inside, new Date(date));
}

async function license(): Promise<ArchiveFile> {
  return { path: "LICENSE", bytes: await Deno.readFile(new URL("LICENSE", ROOT)) };
}

function jsonFile(path: string, value: unknown): ArchiveFile {
  return textFile(path, `${JSON.stringify(value, null, 2)}\n`);
}

function textFile(path: string, text: string): ArchiveFile {
  return { path, bytes: new TextEncoder().encode(text) };
}
