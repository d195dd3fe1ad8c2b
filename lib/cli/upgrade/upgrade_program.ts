import { VERSION } from "../../version.ts";
import { StartError } from "../errors.ts";
import { checkAttestation, SIGNATURE } from "./attestation.ts";
import { checkSum, download, findArchive } from "./release_source.ts";
import { replaceProgram } from "./replace_program.ts";

/** What to upgrade, and with what. */
export interface Upgrade {
  /** The folder of the installed program, and what `install.sh` was told. */
  folder: string;
  prefix: string;
  /** Where the files of the release are. */
  from: string;
  isAttestationSkipped: boolean;
  report: (line: string) => void;
}

/**
 * Replaces the program by that of a release, if its version is another; returns that version.
 *
 * @throws {StartError} If the release cannot be had or trusted; nothing is changed then.
 */
export async function upgradeProgram(upgrade: Upgrade): Promise<string> {
  const { from, folder, prefix, isAttestationSkipped, report } = upgrade;
  const sums = await download(from, "SHA256SUMS");
  const archive = findArchive(new TextDecoder().decode(sums));
  const { name, version } = archive;
  if (version === VERSION) return version;
  report(`Getting ${from}/${name}`);
  const bytes = await download(from, name);
  checkSum(bytes, archive);
  // On the same file system as the program, or it could not be renamed.
  const work = await Deno.makeTempDir({ dir: `${prefix}/lib`, prefix: ".otel-kit-" });
  try {
    const files = {
      archive: `${work}/${name}`,
      sums: `${work}/SHA256SUMS`,
      signature: `${work}/${SIGNATURE}`,
    };
    await Deno.writeFile(files.archive, bytes);
    if (!isAttestationSkipped) {
      await Deno.writeFile(files.sums, sums);
      await Deno.writeFile(files.signature, await download(from, SIGNATURE));
      report(`${await checkAttestation(files)} confirms that the project built it`);
    }
    const unpacked = await unpack(files.archive, work);
    const receipt = { installedBy: "install.sh", version, prefix };
    await Deno.writeTextFile(`${unpacked}/install.json`, `${JSON.stringify(receipt)}\n`);
    await replaceProgram({ unpacked, folder, version });
  } finally {
    await Deno.remove(work, { recursive: true });
  }
  return version;
}

/** Unpacks an archive; returns the only folder in it. */
async function unpack(archive: string, work: string): Promise<string> {
  const { success, stderr } = await new Deno.Command("tar", {
    args: ["-xzf", archive, "-C", work],
  }).output();
  if (!success) {
    throw new StartError(`Cannot unpack ${archive}: ${new TextDecoder().decode(stderr).trim()}`);
  }
  return archive.slice(0, -".tar.gz".length);
}
