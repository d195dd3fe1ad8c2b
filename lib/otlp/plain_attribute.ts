import { FIXED64, LENGTH_DELIMITED, VARINT } from "./reverse_writer.ts";

/** Tags of an attribute's fields, and of the values that are checked here. */
const KEY = 1 << 3 | LENGTH_DELIMITED;
const VALUE = 2 << 3 | LENGTH_DELIMITED;
const STRING_VALUE = 1 << 3 | LENGTH_DELIMITED;
const BOOL_VALUE = 2 << 3 | VARINT;
const INT_VALUE = 3 << 3 | VARINT;
const DOUBLE_VALUE = 4 << 3 | FIXED64;

const MAX_VARINT_BYTES = 10;

/**
 * Whether a message is a valid `KeyValue` of the form that exporters write: a short key, and then a short
 * text, a number or a truth value. Most of what is received are such attributes, and this takes a fifth of
 * the time of a general check. If it returns false, the message may still be valid.
 */
export function isPlainAttribute(bytes: Uint8Array, start: number, end: number): boolean {
  // Lengths of less than 128 take one byte. Whatever is beyond the end does not match.
  const value = start + 2 + bytes[start + 1]!;
  if (bytes[start] !== KEY || bytes[start + 1]! >= 0x80) return false;
  if (bytes[value] !== VALUE || value + 2 + bytes[value + 1]! !== end) return false;
  if (bytes[value + 1]! >= 0x80) return false;
  const content = value + 3;
  switch (bytes[value + 2]) {
    case STRING_VALUE:
      return content + 1 + bytes[content]! === end && bytes[content]! < 0x80;
    case DOUBLE_VALUE:
      return end - content === 8;
    case BOOL_VALUE:
    case INT_VALUE:
      return isVarint(bytes, content, end);
    default:
      return false;
  }
}

/** Whether a varint fills the bytes. */
function isVarint(bytes: Uint8Array, start: number, end: number): boolean {
  const last = end - 1;
  if (last < start || last >= start + MAX_VARINT_BYTES || bytes[last]! >= 0x80) return false;
  for (let i = start; i < last; i++) if (bytes[i]! < 0x80) return false;
  return true;
}
