import { createHash } from "node:crypto";
import { messageOf } from "../../error_message.ts";
import { StartError } from "../errors.ts";

/** The archive of a release for this machine. */
export interface ReleaseArchive {
  version: string;
  /** Its name in the release. */
  name: string;
  sha256: string;
}

const SYSTEMS: Partial<Record<typeof Deno.build.os, string>> = { linux: "linux", darwin: "darwin" };
const PROCESSORS: Record<typeof Deno.build.arch, string> = { x86_64: "x64", aarch64: "arm64" };

/**
 * Finds the archive for this machine in the `SHA256SUMS` of a release.
 *
 * @throws {StartError} If there is none.
 */
export function findArchive(sums: string, { os, arch } = Deno.build): ReleaseArchive {
  const target = `${SYSTEMS[os]}-${PROCESSORS[arch]}`;
  for (const line of sums.split("\n")) {
    const [sha256 = "", name = ""] = line.split("  ");
    const [, version, system] = /^otel-kit-(\d[\w.-]*?)-([a-z]+-[a-z\d]+)\.tar\.gz$/.exec(name) ??
      [];
    if (version !== undefined && system === target) return { version, name, sha256 };
  }
  throw new StartError(`Cannot upgrade: the release has no archive for ${target}`);
}

/**
 * Downloads a file of a release.
 *
 * @throws {StartError} If it cannot be downloaded.
 */
export async function download(from: string, name: string): Promise<Uint8Array<ArrayBuffer>> {
  const url = `${from}/${name}`;
  try {
    const response = await fetch(url);
    if (response.ok) return await response.bytes();
    await response.body?.cancel();
    throw new StartError(`Cannot download ${url}: it answers ${response.status}`);
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(`Cannot download ${url}: ${messageOf(error)}`, { cause: error });
  }
}

/** @throws {StartError} If the bytes are not those that the release names. */
export function checkSum(bytes: Uint8Array, { name, sha256 }: ReleaseArchive): void {
  const sum = createHash("sha256").update(bytes).digest("hex");
  if (sum === sha256) return;
  throw new StartError(
    `Wrong checksum of ${name}: expected ${sha256}, got ${sum}. Nothing was changed`,
  );
}
