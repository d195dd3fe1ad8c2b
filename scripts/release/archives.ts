import { SHELLS, writeCompletions } from "../../lib/cli/flags/completion_scripts.ts";
import { describeCommands } from "../../lib/cli/run.ts";
import { REPOSITORY } from "../../lib/repository.ts";
import type { ArchiveFile } from "./archive_file.ts";
import type { BuiltTarget, Release } from "./release.ts";
import { tarGz } from "./tar.ts";
import { archiveName, executableName } from "./targets.ts";
import { zip } from "./zip.ts";

const ROOT = new URL("../../", import.meta.url);

/** The files that every archive contains beside the executable. */
export async function commonFiles(release: Release): Promise<ArchiveFile[]> {
  const commands = await describeCommands();
  const readme = await Deno.readTextFile(new URL("README.md", ROOT));
  return [
    { path: "LICENSE", bytes: await Deno.readFile(new URL("LICENSE", ROOT)) },
    textFile("README.md", absoluteLinks(readme, release.version)),
    textFile("THIRD_PARTY_LICENSES", release.thirdPartyLicenses),
    ...SHELLS.map((shell) =>
      textFile(`completions/otel-kit.${shell}`, `${writeCompletions(shell, commands)}\n`)
    ),
  ];
}

/** The archive of a target: one folder with the executable and the common files. */
export async function archive(
  { version, date }: Release,
  { target, executable }: BuiltTarget,
  common: readonly ArchiveFile[],
): Promise<[name: string, bytes: Uint8Array]> {
  const folder = `otel-kit-${version}-${target.name}`;
  const files = [
    { path: executableName(target), bytes: executable, isExecutable: true },
    ...common,
  ].map((file) => ({ ...file, path: `${folder}/${file.path}` }));
  const pack = target.os === "win32" ? zip : tarGz;
  return [archiveName(version, target), await pack(files, new Date(date))];
}

/** The README with links that work outside the project's folder. */
export function absoluteLinks(markdown: string, version: string): string {
  const base = `${REPOSITORY}/blob/v${version}/`;
  return markdown.replaceAll(/\]\((?!https?:|#)([^)]+)\)/g, (_, path) => `](${base}${path})`);
}

function textFile(path: string, text: string): ArchiveFile {
  return { path, bytes: new TextEncoder().encode(text) };
}
