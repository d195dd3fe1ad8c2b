/**
 * How far from the end of a file the record of its directory may begin: the record plus the longest
 * comment.
 */
const MAX_TAIL = 22 + 0xffff;
const END_RECORD = 0x06054b50;
const DEFLATED = 8;

/**
 * Reads a file from a simple zip archive: smaller than 4 GiB, and not encrypted.
 *
 * @throws {Error} If it isn't there.
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export async function readZipFile(
  archive: Uint8Array<ArrayBuffer>,
  isWanted: (name: string) => boolean,
): Promise<Uint8Array<ArrayBuffer>> {
  for (const entry of entriesOf(archive)) if (isWanted(entry.name)) return await entry.read();
  throw new Error("Cannot find the file in the archive");
}

/** The files of an archive by name. */
export async function readZip(
  archive: Uint8Array<ArrayBuffer>,
): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const { name, read } of entriesOf(archive)) {
    if (!name.endsWith("/")) files.set(name, await read());
  }
  return files;
}

function* entriesOf(archive: Uint8Array<ArrayBuffer>) {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const end = endRecord(view);
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    const nameLength = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(archive.subarray(at + 46, at + 46 + nameLength));
    const method = view.getUint16(at + 10, true);
    const size = view.getUint32(at + 20, true);
    const header = view.getUint32(at + 42, true);
    yield {
      name,
      read: () => {
        const start = header + 30 + view.getUint16(header + 26, true) +
          view.getUint16(header + 28, true);
        return inflate(archive.subarray(start, start + size), method);
      },
    };
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
}

function endRecord(view: DataView): number {
  const first = Math.max(view.byteLength - MAX_TAIL, 0);
  for (let at = view.byteLength - 22; at >= first; at--) {
    if (view.getUint32(at, true) === END_RECORD) return at;
  }
  throw new Error("Cannot read the archive: it has no directory");
}

async function inflate(
  bytes: Uint8Array<ArrayBuffer>,
  method: number,
): Promise<Uint8Array<ArrayBuffer>> {
  if (method !== DEFLATED) return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
