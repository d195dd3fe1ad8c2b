import { crc32 } from "node:zlib";
import type { ArchiveFile } from "./archive_file.ts";
import { deflate } from "./deflate.ts";

const LOCAL_FILE = 0x04034b50;
const DIRECTORY_ENTRY = 0x02014b50;
const END_OF_DIRECTORY = 0x06054b50;
/** Version 2.0, which compression needs. */
const VERSION = 20;
const MADE_ON_UNIX = 3 << 8;
const DEFLATED = 8;

/**
 * A zip archive. Equal files give equal bytes: they have the given time, in UTC.
 *
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export async function zip(files: readonly ArchiveFile[], time: Date): Promise<Uint8Array> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const directory: Uint8Array<ArrayBuffer>[] = [];
  let offset = 0;
  for (const file of files) {
    const compressed = await deflate(file.bytes);
    const name = new TextEncoder().encode(file.path);
    const common = commonFields(file, compressed.length, name.length, time);
    const local = record([[4, LOCAL_FILE], ...common]);
    parts.push(local, name, compressed);
    const mode = 0o100000 | (file.isExecutable ? 0o755 : 0o644);
    directory.push(
      record([
        [4, DIRECTORY_ENTRY],
        [2, MADE_ON_UNIX | VERSION],
        ...common,
        // The lengths of the comment, the number of the disk, and internal attributes.
        [2, 0],
        [2, 0],
        [2, 0],
        [4, mode * 0x10000],
        [4, offset],
      ]),
      name,
    );
    offset += local.length + name.length + compressed.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const end = record([
    [4, END_OF_DIRECTORY],
    [2, 0],
    [2, 0],
    [2, files.length],
    [2, files.length],
    [4, size],
    [4, offset],
    [2, 0],
  ]);
  return await new Blob([...parts, ...directory, end]).bytes();
}

type Field = [bytes: 2 | 4, value: number];

/** The fields that a file's header and its directory entry share. */
function commonFields(
  { bytes }: ArchiveFile,
  compressedLength: number,
  nameLength: number,
  time: Date,
): Field[] {
  const clock = time.getUTCHours() << 11 | time.getUTCMinutes() << 5 | time.getUTCSeconds() >> 1;
  const day = time.getUTCFullYear() - 1980 << 9 | time.getUTCMonth() + 1 << 5 | time.getUTCDate();
  return [
    [2, VERSION],
    [2, 0],
    [2, DEFLATED],
    [2, clock],
    [2, day],
    [4, crc32(bytes)],
    [4, compressedLength],
    [4, bytes.length],
    [2, nameLength],
    [2, 0],
  ];
}

function record(fields: readonly Field[]): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(fields.reduce((sum, [bytes]) => sum + bytes, 0)));
  let at = 0;
  for (const [bytes, value] of fields) {
    if (bytes === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += bytes;
  }
  return new Uint8Array(view.buffer);
}
