import { MalformedError } from "../../otlp/malformed_error.ts";

const MAGIC = 0xfd2f_b528;
/** The magic number of a frame that decoders skip, except its last four bits. */
const SKIPPABLE_MAGIC = 0x184d_2a50;
const BLOCK_HEADER_BYTES = 3;
const CHECKSUM_BYTES = 4;
/** The maximum size of a block's content. */
const MAX_BLOCK_BYTES = 128 * 1024;

/** The size of the header's dictionary field in bytes, by the value of two bits. */
const DICTIONARY_BYTES = [0, 1, 2, 4] as const;
const CONTENT_SIZE_BYTES = [0, 2, 4, 8] as const;
/** This is added to a two-byte size. */
const CONTENT_SIZE_OFFSET = 256;

const [RLE, COMPRESSED] = [1, 2];

/** A frame, and an upper limit for the size of its content. */
export interface ZstdFrame {
  bytes: Uint8Array;
  maxContentBytes: number;
}

/**
 * Finds the frames of a body compressed with zstd. Deno's decoder (2.7.11 and 2.9.6) accepts a truncated
 * frame as complete and ignores all frames after the first, so this function checks them itself.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8878#section-3
 * @throws {MalformedError} If the body is truncated, or not zstd.
 */
export function* zstdFrames(bytes: Uint8Array): Generator<ZstdFrame> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let position = 0;
  do {
    const magic = read32(view, position);
    if ((magic & ~0xf) >>> 0 === SKIPPABLE_MAGIC) {
      position = within(view, position + 8 + read32(view, position + 4));
      continue;
    }
    if (magic !== MAGIC) throw new MalformedError("not zstd: no frame begins here", position);
    const frame = readFrame(view, position);
    yield { bytes: bytes.subarray(position, frame.end), maxContentBytes: frame.maxContentBytes };
    position = frame.end;
  } while (position < bytes.length);
}

/** An upper limit for the decompressed size; 0 if the body can't be decompressed. */
export function zstdSizeOf(bytes: Uint8Array): number {
  try {
    let size = 0;
    for (const { maxContentBytes } of zstdFrames(bytes)) size += maxContentBytes;
    return size;
  } catch (error) {
    if (error instanceof MalformedError) return 0;
    throw error;
  }
}

function readFrame(view: DataView, start: number): { end: number; maxContentBytes: number } {
  const descriptor = read8(view, start + 4);
  const hasChecksum = (descriptor & 4) !== 0;
  const isSingleSegment = (descriptor & 32) !== 0;
  let position = start + 5 + (isSingleSegment ? 0 : 1);
  position += DICTIONARY_BYTES[(descriptor & 3) as 0 | 1 | 2 | 3];
  const sizeFlag = (descriptor >> 6) as 0 | 1 | 2 | 3;
  const sizeBytes = sizeFlag === 0 && isSingleSegment ? 1 : CONTENT_SIZE_BYTES[sizeFlag];
  const contentBytes = readContentSize(view, position, sizeBytes);
  position += sizeBytes;
  let maxContentBytes = 0;
  for (let isLast = false; !isLast;) {
    const header = read8(view, position) | read8(view, position + 1) << 8 |
      read8(view, position + 2) << 16;
    isLast = (header & 1) !== 0;
    const type = header >> 1 & 3;
    const size = header >> 3;
    if (type > COMPRESSED) throw new MalformedError("not zstd: no block begins here", position);
    maxContentBytes += type === COMPRESSED ? MAX_BLOCK_BYTES : size;
    position = within(view, position + BLOCK_HEADER_BYTES + (type === RLE ? 1 : size));
  }
  if (hasChecksum) position = within(view, position + CHECKSUM_BYTES);
  return { end: position, maxContentBytes: Math.min(contentBytes, maxContentBytes) };
}

/** Infinity if the frame doesn't state it. */
function readContentSize(view: DataView, at: number, sizeBytes: 0 | 1 | 2 | 4 | 8): number {
  within(view, at + sizeBytes);
  if (sizeBytes === 0) return Infinity;
  if (sizeBytes === 1) return view.getUint8(at);
  if (sizeBytes === 2) return view.getUint16(at, true) + CONTENT_SIZE_OFFSET;
  return sizeBytes === 4 ? view.getUint32(at, true) : Number(view.getBigUint64(at, true));
}

function read8(view: DataView, at: number): number {
  within(view, at + 1);
  return view.getUint8(at);
}

function read32(view: DataView, at: number): number {
  within(view, at + 4);
  return view.getUint32(at, true);
}

/** @throws {MalformedError} If the position is beyond the end. */
function within(view: DataView, position: number): number {
  if (position <= view.byteLength) return position;
  throw new MalformedError("not zstd: it is truncated", view.byteLength);
}
