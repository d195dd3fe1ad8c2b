import { allocateBytes, freeBytes, resizeBytes } from "../large_bytes.ts";
import { MalformedError } from "./malformed_error.ts";
import { LENGTH_DELIMITED } from "./reverse_writer.ts";

const TWO_TO_32 = 2 ** 32;

/**
 * Writes protobuf from start to end, value by value. The length of a delimited field precedes it: as many bytes
 * are reserved as the last length at the same depth needed, and the content is moved if that was wrong.
 */
export class ProtobufWriter {
  #bytes: Uint8Array<ArrayBuffer>;
  #view: DataView;
  readonly #maxBytes: () => number;
  /** The number of bytes written. */
  length = 0;
  /** The starts of open messages, and the bytes reserved for their lengths. */
  readonly #starts: number[] = [];
  readonly #sizes: number[] = [];
  readonly #lastSizes: number[] = [];

  /** @param maxBytes The maximum size; called when more room is needed. */
  constructor(capacity: number, maxBytes: () => number = () => Infinity) {
    this.#maxBytes = maxBytes;
    this.#bytes = allocateBytes(capacity);
    this.#view = new DataView(this.#bytes.buffer);
  }

  /** Returns the result. The writer must not be used afterwards, because the result owns its memory. */
  finish(): Uint8Array<ArrayBuffer> {
    return resizeBytes(this.#bytes, this.length);
  }

  /** Releases its memory. */
  free(): void {
    freeBytes(this.#bytes);
  }

  /** Discards everything since `length` had this value. */
  rewind(length: number): void {
    this.length = length;
  }

  /** Writes the tag of a field. */
  tag(field: number, wireType: number): void {
    this.varint(field << 3 | wireType);
  }

  /** Begins a length-delimited field. Write its content, then call {@linkcode close}. */
  open(field: number): void {
    this.tag(field, LENGTH_DELIMITED);
    const size = this.#lastSizes[this.#starts.length] ?? 1;
    this.#reserve(size);
    this.length += size;
    this.#starts.push(this.length);
    this.#sizes.push(size);
  }

  /** Ends the last opened field. */
  close(): void {
    const start = this.#starts.pop()!;
    const reserved = this.#sizes.pop()!;
    const length = this.length - start;
    const size = sizeOfVarint(length);
    if (size !== reserved) {
      this.#reserve(size);
      this.#bytes.copyWithin(start + size - reserved, start, this.length);
      this.#lastSizes[this.#starts.length] = size;
    }
    this.length = start - reserved;
    this.varint(length);
    this.length += length;
  }

  /** Writes a non-negative integer below 2^53. */
  varint(value: number): void {
    this.#reserve(8);
    const bytes = this.#bytes;
    let rest = value;
    let position = this.length;
    for (; rest >= TWO_TO_32; rest = Math.floor(rest / 0x80)) {
      bytes[position++] = rest & 0x7f | 0x80;
    }
    for (; rest >= 0x80; rest >>>= 7) bytes[position++] = rest & 0x7f | 0x80;
    bytes[position++] = rest;
    this.length = position;
  }

  /** Writes a signed 64-bit integer as a varint. */
  int64(value: number | bigint): void {
    if (value >= 0 && value <= Number.MAX_SAFE_INTEGER) return this.varint(Number(value));
    this.#reserve(10);
    let rest = BigInt.asUintN(64, BigInt(value));
    for (; rest >= 0x80n; rest >>= 7n) this.#bytes[this.length++] = Number(rest & 0x7fn) | 0x80;
    this.#bytes[this.length++] = Number(rest);
  }

  /** Writes 32 bits. */
  fixed32(value: number): void {
    this.#reserve(4);
    this.#view.setUint32(this.length, value, true);
    this.length += 4;
  }

  /** Writes 64 bits, given as two halves. */
  fixed64(low: number, high: number): void {
    this.#reserve(8);
    this.#view.setUint32(this.length, low, true);
    this.#view.setUint32(this.length + 4, high, true);
    this.length += 8;
  }

  /** Writes a double. */
  double(value: number): void {
    this.#reserve(8);
    this.#view.setFloat64(this.length, value, true);
    this.length += 8;
  }

  /** Writes one byte. */
  byte(byte: number): void {
    this.#reserve(1);
    this.#bytes[this.length++] = byte;
  }

  /** Copies a part of other bytes. */
  raw(source: Uint8Array, start = 0, end = source.length): void {
    const size = end - start;
    this.#reserve(size);
    const target = this.#bytes;
    const shift = this.length - start;
    // For a few bytes, a loop is faster than the call.
    if (size > 64) target.set(source.subarray(start, end), this.length);
    else for (let i = start; i < end; i++) target[i + shift] = source[i]!;
    this.length += size;
  }

  /** Writes bytes with their length. */
  bytes(bytes: Uint8Array): void {
    this.varint(bytes.length);
    this.raw(bytes);
  }

  #reserve(size: number): void {
    const needed = this.length + size;
    if (needed <= this.#bytes.length) return;
    const maxBytes = this.#maxBytes();
    if (needed > maxBytes) {
      throw new MalformedError(`it takes more than ${maxBytes} bytes in protobuf`);
    }
    this.#bytes = resizeBytes(
      this.#bytes,
      Math.min(maxBytes, Math.max(needed, 2 * this.#bytes.length)),
    );
    this.#view = new DataView(this.#bytes.buffer);
  }
}

/** The number of bytes of a varint. */
function sizeOfVarint(value: number): number {
  let size = 1;
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) size++;
  return size;
}
