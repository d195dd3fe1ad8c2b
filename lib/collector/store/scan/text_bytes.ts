/** The first byte of a mark that a decoder may remove from the beginning of a text. */
export const BYTE_ORDER_MARK = 0xef;

/** What a decoder makes of bytes that aren't UTF-8. */
export const REPLACEMENT = "\ufffd";

/** Whether the bytes between two positions are those. */
export function isEqual(bytes: Uint8Array, start: number, end: number, other: Uint8Array): boolean {
  if (end - start !== other.length) return false;
  for (let i = 0; i < other.length; i++) if (bytes[start + i] !== other[i]) return false;
  return true;
}
