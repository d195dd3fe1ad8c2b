import type { OutputBuffer } from "../output_buffer.ts";
import type { HeaderField } from "./header_field.ts";
import { STATIC_TABLE } from "./static_table.ts";

/** The index of each field of the static table, and the first one of each name. */
const INDEXES = new Map<string, number>();
for (const [i, [name, value]] of STATIC_TABLE.entries()) {
  if (!INDEXES.has(name)) INDEXES.set(name, i + 1);
  INDEXES.set(`${name}\n${value}`, i + 1);
}

/**
 * Sets the size of the dynamic table to 0, at the start of the first block of a connection. Then the
 * encoder need not react when the decoder lowers its limit: https://www.rfc-editor.org/rfc/rfc7541#section-4.2
 */
export function encodeNoTable(output: OutputBuffer): void {
  output.writeByte(0x20);
}

/**
 * Encodes fields with the static table only, and without Huffman codes.
 *
 * @throws {TypeError} If a name or value is invalid.
 */
export function encodeFields(output: OutputBuffer, fields: Iterable<HeaderField>): void {
  for (const [name, value] of fields) {
    checkField(name, value);
    const index = INDEXES.get(`${name}\n${value}`);
    if (index !== undefined) {
      writeInteger(output, 0x80, 7, index);
      continue;
    }
    const nameIndex = INDEXES.get(name) ?? 0;
    writeInteger(output, 0, 4, nameIndex);
    if (nameIndex === 0) writeString(output, name);
    writeString(output, value);
  }
}

/** https://www.rfc-editor.org/rfc/rfc9113#section-8.2.1 */
function checkField(name: string, value: string): void {
  if (!/^:?[!#-'*+.0-9^-z|~-]+$/.test(name)) {
    throw new TypeError(`No header has the name "${name}"`);
  }
  if (!/^(?![ \t])[\t -~\x80-\xff]*(?<![ \t])$/.test(value)) {
    throw new TypeError(`No header has the value "${value}"`);
  }
}

function writeString(output: OutputBuffer, text: string): void {
  writeInteger(output, 0, 7, text.length);
  output.writeLatin1(text);
}

/** https://www.rfc-editor.org/rfc/rfc7541#section-5.1 */
function writeInteger(output: OutputBuffer, high: number, prefixBits: number, value: number): void {
  const mask = (1 << prefixBits) - 1;
  if (value < mask) return output.writeByte(high | value);
  output.writeByte(high | mask);
  let rest = value - mask;
  for (; rest >= 0x80; rest >>>= 7) output.writeByte(rest & 0x7f | 0x80);
  output.writeByte(rest);
}
