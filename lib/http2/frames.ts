import { ConnectionError, ERROR_CODE, protocolError } from "./errors.ts";

/** https://www.rfc-editor.org/rfc/rfc9113#section-6 */
export const FRAME_TYPE = {
  DATA: 0x0,
  HEADERS: 0x1,
  PRIORITY: 0x2,
  RST_STREAM: 0x3,
  SETTINGS: 0x4,
  PUSH_PROMISE: 0x5,
  PING: 0x6,
  GOAWAY: 0x7,
  WINDOW_UPDATE: 0x8,
  CONTINUATION: 0x9,
} as const;

/** Flags of frames; `ACK` is that of SETTINGS and PING. */
export const FLAG = {
  ACK: 0x1,
  END_STREAM: 0x1,
  END_HEADERS: 0x4,
  PADDED: 0x8,
  PRIORITY: 0x20,
} as const;

/** The length of what precedes each payload. */
export const FRAME_HEADER_BYTES = 9;

/** The longest payload: this server leaves SETTINGS_MAX_FRAME_SIZE at its default. */
export const MAX_FRAME_BYTES = 16_384;

/** A received frame. The payload is a view of the bytes that it was read from. */
export interface Frame {
  type: number;
  flags: number;
  streamId: number;
  payload: Uint8Array;
}

/**
 * Reads the frame at a position: https://www.rfc-editor.org/rfc/rfc9113#section-4.1. Undefined if it
 * is incomplete.
 *
 * @throws {ConnectionError} FRAME_SIZE_ERROR if it is too long.
 */
export function readFrame(bytes: Uint8Array, at: number): Frame | undefined {
  const start = at + FRAME_HEADER_BYTES;
  if (start > bytes.length) return undefined;
  const length = bytes[at]! << 16 | bytes[at + 1]! << 8 | bytes[at + 2]!;
  if (length > MAX_FRAME_BYTES) throw wrongSize(`a frame has ${length} bytes`);
  if (start + length > bytes.length) return undefined;
  return {
    type: bytes[at + 3]!,
    flags: bytes[at + 4]!,
    streamId: readUint31(bytes, at + 5),
    payload: bytes.subarray(start, start + length),
  };
}

/**
 * Returns the payload of a DATA or HEADERS frame without its padding.
 *
 * @throws {ConnectionError} PROTOCOL_ERROR if the padding is longer than the payload.
 */
export function withoutPadding({ flags, payload }: Frame): Uint8Array {
  if (!(flags & FLAG.PADDED)) return payload;
  const padding = payload[0];
  if (padding === undefined || padding >= payload.length) {
    throw protocolError("the padding is longer than its frame");
  }
  return payload.subarray(1, payload.length - padding);
}

/** Reads a number of 32 bits. */
export function readUint32(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 24 | bytes[at + 1]! << 16 | bytes[at + 2]! << 8 | bytes[at + 3]!) >>> 0;
}

/** Reads a number whose first bit is reserved. */
export function readUint31(bytes: Uint8Array, at: number): number {
  return readUint32(bytes, at) & 0x7fffffff;
}

/** The error for a frame whose length is wrong for its type. */
export function wrongSize(message: string): ConnectionError {
  return new ConnectionError(ERROR_CODE.FRAME_SIZE_ERROR, message);
}
