import type { ArchiveFile } from "./archive_file.ts";
import { gzip } from "./deflate.ts";

const BLOCK = 512;
const REGULAR_FILE = "0";

/**
 * A compressed tar archive. Equal files give equal bytes: they belong to nobody and have the given time.
 *
 * @see https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html#tag_20_92_13_06
 */
export async function tarGz(files: readonly ArchiveFile[], time: Date): Promise<Uint8Array> {
  return await gzip([
    ...files.flatMap((file) => [header(file, time), file.bytes, padding(file)]),
    new Uint8Array(2 * BLOCK),
  ]);
}

function header({ path, bytes, isExecutable }: ArchiveFile, time: Date): Uint8Array<ArrayBuffer> {
  if (path.length > 100) {
    throw new Error(`Cannot archive ${path}: the name has over 100 characters`);
  }
  const block = new Uint8Array(BLOCK);
  const encoder = new TextEncoder();
  const write = (at: number, text: string) => block.set(encoder.encode(text), at);
  const octal = (value: number, length: number) => value.toString(8).padStart(length - 1, "0");
  write(0, path);
  write(100, octal(isExecutable ? 0o755 : 0o644, 8));
  write(108, octal(0, 8));
  write(116, octal(0, 8));
  write(124, octal(bytes.length, 12));
  write(136, octal(Math.floor(time.getTime() / 1000), 12));
  write(148, " ".repeat(8));
  write(156, REGULAR_FILE);
  write(257, "ustar\0" + "00");
  write(265, "root");
  write(297, "root");
  const sum = block.reduce((sum, byte) => sum + byte, 0);
  write(148, `${octal(sum, 7)}\0 `);
  return block;
}

function padding({ bytes }: ArchiveFile): Uint8Array<ArrayBuffer> {
  return new Uint8Array((BLOCK - bytes.length % BLOCK) % BLOCK);
}
