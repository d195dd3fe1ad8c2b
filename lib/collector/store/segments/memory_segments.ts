import { allocateBytes, freeBytes } from "../../../large_bytes.ts";
import { RecordRing } from "../tables/record_ring.ts";
import type { SegmentBytes } from "./segment_bytes.ts";

const MIN_CHUNK_BYTES = 4096;
const MAX_CHUNK_BYTES = 2 ** 20;

/** Words of a segment: the number of its chunk, where it begins, and its length. */
const CHUNK = 0;
const OFFSET = 1;
const LENGTH = 2;
const WORDS = 3;

/**
 * Keeps bytes in chunks that are reused, so that memory use does not depend on garbage collection. A
 * segment longer than a quarter of a chunk gets its own.
 */
export class MemorySegments implements SegmentBytes {
  byteLength = 0;
  readonly #segments = new RecordRing(WORDS);
  readonly #chunkBytes: number;
  /** The chunks in order; the last one is being filled. */
  #chunks: Chunk[] = [];
  #firstChunk = 0;
  #spare: Chunk | undefined;

  /** @param maxBytes The limit for all segments together; determines the size of a chunk. */
  constructor(maxBytes: number) {
    const wanted = 2 ** Math.floor(Math.log2(Math.max(1, maxBytes / 64)));
    this.#chunkBytes = Math.min(MAX_CHUNK_BYTES, Math.max(MIN_CHUNK_BYTES, wanted));
  }

  get indexBytes(): number {
    return this.#segments.byteLength;
  }

  get first(): number {
    return this.#segments.first;
  }

  get end(): number {
    return this.#segments.end;
  }

  append(bytes: Uint8Array<ArrayBuffer>): void {
    // The length is 0 after the bytes are adopted.
    const { length } = bytes;
    const isBig = length > this.#chunkBytes / 4;
    let chunk = this.#chunks.at(-1);
    if (bytes.buffer.resizable && length === bytes.buffer.byteLength) {
      chunk = this.#adoptChunk(bytes);
    } else {
      if (chunk === undefined || chunk.used + length > chunk.bytes.length) {
        chunk = this.#addChunk(isBig ? length : this.#chunkBytes);
      }
      chunk.bytes.set(bytes, chunk.used);
    }
    const segment = this.#segments.push();
    this.#segments.words.set(
      [this.#firstChunk + this.#chunks.length - 1, chunk.used, length],
      this.#segments.at(segment),
    );
    chunk.used += length;
    chunk.segments++;
  }

  read(number: number): Uint8Array {
    const { words } = this.#segments;
    const at = this.#segments.at(number);
    const chunk = this.#chunks[(words[at + CHUNK]! - this.#firstChunk) >>> 0]!;
    const start = words[at + OFFSET]!;
    // When all segments are searched, copies would create as much garbage as there is data.
    return chunk.bytes.subarray(start, start + words[at + LENGTH]!);
  }

  shift(): void {
    this.#segments.shift();
    const chunk = this.#chunks[0]!;
    if (--chunk.segments > 0) return;
    if (this.#chunks.length === 1) chunk.used = 0;
    else this.#removeChunk();
  }

  clear(): void {
    this.#segments.clear();
    this.#firstChunk += this.#chunks.length;
    for (const { bytes } of this.#chunks) freeBytes(bytes);
    this.#chunks = [];
    this.#spare = undefined;
    this.byteLength = 0;
  }

  #addChunk(size: number): Chunk {
    // An empty chunk that is too small would stay at the head forever.
    if (this.#chunks.length === 1 && this.#chunks[0]!.segments === 0) this.#removeChunk();
    const spare = size === this.#chunkBytes ? this.#spare : undefined;
    if (spare) this.#spare = undefined;
    else this.byteLength += size;
    const chunk = spare ?? { bytes: allocateBytes(size), used: 0, segments: 0 };
    this.#chunks.push(chunk);
    return chunk;
  }

  #adoptChunk(bytes: Uint8Array<ArrayBuffer>): Chunk {
    if (this.#chunks.length === 1 && this.#chunks[0]!.segments === 0) this.#removeChunk();
    const { length } = bytes;
    const own = new Uint8Array(bytes.buffer.transfer(), 0, length);
    const chunk = { bytes: own, used: 0, segments: 0 };
    this.byteLength += chunk.bytes.length;
    this.#chunks.push(chunk);
    return chunk;
  }

  #removeChunk(): void {
    const chunk = this.#chunks.shift()!;
    this.#firstChunk++;
    if (this.#spare === undefined && chunk.bytes.length === this.#chunkBytes) {
      chunk.used = 0;
      this.#spare = chunk;
    } else {
      this.byteLength -= chunk.bytes.length;
      freeBytes(chunk.bytes);
    }
  }
}

interface Chunk {
  bytes: Uint8Array<ArrayBuffer>;
  used: number;
  /** How many of its segments are still kept. */
  segments: number;
}
