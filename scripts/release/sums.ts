import { createHash } from "node:crypto";

/** The SHA-256 of the bytes, in hexadecimal digits. */
export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Names every file with its checksum, as `sha256sum --check` reads it. */
export function checksums(files: ReadonlyMap<string, Uint8Array>): string {
  return [...files].toSorted(([a], [b]) => a < b ? -1 : 1)
    .map(([name, bytes]) => `${sha256(bytes)}  ${name}\n`)
    .join("");
}
