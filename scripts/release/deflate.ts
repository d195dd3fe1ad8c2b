import { promisify } from "node:util";
import { constants, crc32, deflateRaw } from "node:zlib";

/** Ends a stream of compressed blocks: an empty one, which is marked as the last. */
const LAST_BLOCK = Uint8Array.of(3, 0);

/** No name, no time, best compression, unknown system: https://www.rfc-editor.org/rfc/rfc1952#section-2.3 */
const GZIP_HEADER = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255);

/** Executables are in an archive and in an npm package, and take seconds to compress. */
const compressed = new WeakMap<Uint8Array<ArrayBuffer>, Promise<Uint8Array<ArrayBuffer>>>();

/** Compresses bytes, once for the same array, to blocks (RFC 1951) that others can follow. */
function blocksOf(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const known = compressed.get(bytes);
  if (known) return known;
  const options = { level: 9, finishFlush: constants.Z_FULL_FLUSH };
  const blocks = promisify(deflateRaw)(bytes, options).then((blocks) => new Uint8Array(blocks));
  compressed.set(bytes, blocks);
  return blocks;
}

/** Compresses bytes as zip archives contain them. */
export async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return await concat([await blocksOf(bytes), LAST_BLOCK]);
}

/** Compresses parts to one gzip file. */
export async function gzip(
  parts: readonly Uint8Array<ArrayBuffer>[],
): Promise<Uint8Array<ArrayBuffer>> {
  const trailer = new DataView(new ArrayBuffer(8));
  trailer.setUint32(0, parts.reduce((sum, part) => crc32(part, sum), 0), true);
  trailer.setUint32(4, parts.reduce((sum, { length }) => sum + length, 0), true);
  const blocks = await Promise.all(parts.map(blocksOf));
  return await concat([GZIP_HEADER, ...blocks, LAST_BLOCK, new Uint8Array(trailer.buffer)]);
}

async function concat(parts: Uint8Array<ArrayBuffer>[]): Promise<Uint8Array<ArrayBuffer>> {
  return await new Blob(parts).bytes();
}
