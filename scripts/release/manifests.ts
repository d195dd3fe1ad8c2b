import { REPOSITORY } from "../../lib/repository.ts";
import { fillTemplate } from "./template.ts";
import { sha256 } from "./sums.ts";
import { archiveName, type Target } from "./targets.ts";

/** Files that install the release, by name: the template of each. */
const MANIFESTS: Record<string, string> = {
  "install.sh": "install.sh",
  "install.ps1": "install.ps1",
  "otel-kit.rb": "homebrew.rb",
  "otel-kit.json": "scoop.json",
  "otel-kit.otel-kit.yaml": "winget.yaml",
  "otel-kit.otel-kit.locale.en-US.yaml": "winget.locale.yaml",
  "otel-kit.otel-kit.installer.yaml": "winget.installer.yaml",
  Dockerfile: "Dockerfile",
  "compose.yaml": "compose.yaml",
  "flake.nix": "flake.nix",
};

/** An archive of the release. */
export interface Archive {
  target: Target;
  bytes: Uint8Array;
}

/** Installers, and manifests for package managers, containers, and Nix, with the checksums of the archives. */
export async function manifests(
  version: string,
  archives: readonly Archive[],
): Promise<[name: string, text: string][]> {
  const values: Record<string, string> = { version, repository: REPOSITORY };
  for (const { target, bytes } of archives) {
    const key = target.name.replace("-", "_");
    values[`url_${key}`] = `${REPOSITORY}/releases/download/v${version}/${
      archiveName(version, target)
    }`;
    values[`sha256_${key}`] = sha256(bytes);
    values[`SHA256_${key}`] = sha256(bytes).toUpperCase();
  }
  return await Promise.all(
    Object.entries(MANIFESTS).map(async ([name, template]) =>
      [name, await fillTemplate(template, values)] satisfies [string, string]
    ),
  );
}
