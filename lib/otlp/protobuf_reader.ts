import { FIXED32, FIXED64, LENGTH_DELIMITED, VARINT } from "./reverse_writer.ts";
import { MalformedError } from "./malformed_error.ts";

/** Groups are long deprecated, but a reader must still skip them. */
const START_GROUP = 3;
const END_GROUP = 4;

/** The maximum nesting depth of messages, as in the reference implementations of protobuf. */
export const MAX_DEPTH = 100;

const TWO_TO_32 = 2 ** 32;
const textDecoder = new TextDecoder();

/**
 * Reads the parts of a protobuf message, one after the other. Nothing is copied or allocated unless requested.
 * All methods throw {@linkcode MalformedError} if the bytes end too early or are not protobuf.
 */
export class ProtobufReader {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  /** The position of the next part. */
  position: number;

  constructor(bytes: Uint8Array, start = 0) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.position = start;
  }

  /** Reads the tag of a field: `tag >>> 3` is the field number, `tag & 7` the wire type. */
  tag(end: number): number {
    const start = this.position;
    const first = this.bytes[start]!;
    if (start < end && first >= 8 && first < 0x80) {
      this.position = start + 1;
      return first;
    }
    const tag = this.varint(end);
    if (tag < 8 || tag >= TWO_TO_32) throw new MalformedError("field number out of range", start);
    return tag >>> 0;
  }

  /** Reads a varint as a number; beyond 2^53 it is inexact. */
  varint(end: number): number {
    const { bytes } = this;
    const start = this.position;
    let position = start;
    if (position < end && bytes[position]! < 0x80) {
      this.position = position + 1;
      return bytes[position]!;
    }
    let value = 0;
    for (let scale = 1; position < end; scale *= 0x80) {
      const byte = bytes[position++]!;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) {
        this.position = position;
        return value;
      }
      if (position - start === 10) throw new MalformedError("varint longer than 10 bytes", start);
    }
    throw new MalformedError("truncated varint", start);
  }

  /** Reads a varint of up to 64 bits exactly, as an unsigned number. */
  varint64(end: number): bigint {
    const start = this.position;
    const rough = this.varint(end);
    if (rough <= Number.MAX_SAFE_INTEGER) return BigInt(rough);
    let value = 0n;
    for (let i = this.position - 1; i >= start; i--) {
      value = value << 7n | BigInt(this.bytes[i]! & 0x7f);
    }
    return BigInt.asUintN(64, value);
  }

  /** Reads the lower 32 bits of a varint, as a signed number. */
  int32(end: number): number {
    const start = this.position;
    const value = this.varint(end);
    // Longer varints are negative and sign-extended; their lower bits are exact in the first 5 bytes.
    if (value < TWO_TO_32) return value | 0;
    const { bytes } = this;
    return bytes[start]! & 0x7f | (bytes[start + 1]! & 0x7f) << 7 |
      (bytes[start + 2]! & 0x7f) << 14 | (bytes[start + 3]! & 0x7f) << 21 |
      bytes[start + 4]! << 28;
  }

  /** Reads 32 bits. */
  fixed32(end: number): number {
    return this.#view.getUint32(this.#take(4, end), true);
  }

  /** Reads 64 bits as an unsigned number. */
  fixed64(end: number): bigint {
    return this.#view.getBigUint64(this.#take(8, end), true);
  }

  /** Reads a double. */
  double(end: number): number {
    return this.#view.getFloat64(this.#take(8, end), true);
  }

  /** Reads a length and returns the end of the content; the reader is at its start. */
  lengthDelimited(end: number): number {
    const start = this.position;
    const length = this.varint(end);
    const inner = this.position + length;
    if (inner > end) {
      throw new MalformedError(`length ${length} reaches beyond the end`, start);
    }
    return inner;
  }

  /** Reads a string. Invalid UTF-8 becomes U+FFFD. */
  string(end: number): string {
    const inner = this.lengthDelimited(end);
    const start = this.position;
    this.position = inner;
    return decodeUtf8(this.bytes, start, inner);
  }

  /** Reads bytes without copying. */
  raw(end: number): Uint8Array {
    const inner = this.lengthDelimited(end);
    const start = this.position;
    this.position = inner;
    return this.bytes.subarray(start, inner);
  }

  /** Skips the value of a field with this tag. */
  skip(tag: number, end: number, depth = 0): void {
    const wireType = tag & 7;
    if (wireType === VARINT) this.varint(end);
    else if (wireType === FIXED64) this.#take(8, end);
    else if (wireType === LENGTH_DELIMITED) this.position = this.lengthDelimited(end);
    else if (wireType === FIXED32) this.#take(4, end);
    else if (wireType === START_GROUP) this.#skipGroup(tag, end, depth);
    else throw new MalformedError(`wire type ${wireType} makes no sense here`, this.position);
  }

  #skipGroup(tag: number, end: number, depth: number): void {
    if (depth >= MAX_DEPTH) throw tooDeep(this.position);
    const closing = tag - START_GROUP + END_GROUP;
    for (;;) {
      const inner = this.tag(end);
      if (inner === closing) return;
      this.skip(inner, end, depth + 1);
    }
  }

  #take(size: number, end: number): number {
    const start = this.position;
    if (start + size > end) throw new MalformedError("truncated number", start);
    this.position = start + size;
    return start;
  }
}

/** The error for messages that are nested deeper than {@linkcode MAX_DEPTH}. */
export function tooDeep(byteOffset: number): MalformedError {
  return new MalformedError(`nested deeper than ${MAX_DEPTH} messages`, byteOffset);
}

/** Reads text. For a few ASCII characters, a loop is faster than the decoder. */
export function decodeUtf8(bytes: Uint8Array, start: number, end: number): string {
  if (end - start > 24) return textDecoder.decode(bytes.subarray(start, end));
  let text = "";
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    if (byte > 0x7f) return textDecoder.decode(bytes.subarray(start, end));
    text += String.fromCharCode(byte);
  }
  return text;
}
