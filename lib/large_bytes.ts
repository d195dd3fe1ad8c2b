/**
 * From this on, bytes get memory of the system's own, which is free as soon as they are. What an
 * allocator frees it keeps, between what is still used: after a flood of bodies of all sizes, more than
 * they ever took at the same time.
 */
export const LARGE_BYTES = 2 ** 20;

/** Addresses that are kept free behind large bytes, so that they can grow where they lie. */
const RESERVED_BYTES = 64 * 2 ** 20;

/** Room for bytes, filled with zeros. Of a large one, memory that is not written to costs nothing. */
export function allocateBytes(length: number, maxLength = length): Uint8Array<ArrayBuffer> {
  if (length < LARGE_BYTES) return new Uint8Array(length);
  const maxByteLength = Math.max(length, Math.min(maxLength, RESERVED_BYTES));
  return new Uint8Array(new ArrayBuffer(length, { maxByteLength }), 0, length);
}

/**
 * Makes room for more bytes or fewer, and keeps those that fit. The bytes have to fill their buffer,
 * and are gone afterwards.
 */
export function resizeBytes(
  bytes: Uint8Array<ArrayBuffer>,
  length: number,
): Uint8Array<ArrayBuffer> {
  const { buffer } = bytes;
  if (buffer.resizable && length <= buffer.maxByteLength) {
    buffer.resize(length);
    return new Uint8Array(buffer, 0, length);
  }
  if (length < LARGE_BYTES) return new Uint8Array(buffer.transfer(length));
  const resized = allocateBytes(length, RESERVED_BYTES);
  resized.set(bytes.length > length ? bytes.subarray(0, length) : bytes);
  freeBytes(bytes);
  return resized;
}

/**
 * Gives the memory of bytes back, and of all that share their buffer. It may take long until garbage is
 * collected.
 */
export function freeBytes({ buffer }: ArrayBufferView<ArrayBuffer>): void {
  if (!buffer.detached) buffer.transferToFixedLength(0);
}
