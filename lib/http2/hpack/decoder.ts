import { ConnectionError, ERROR_CODE } from "../errors.ts";
import { DynamicTable } from "./dynamic_table.ts";
import { type HeaderField, sizeOfField } from "./header_field.ts";
import { decodeHuffman, fromBytes } from "./huffman.ts";
import { STATIC_TABLE } from "./static_table.ts";

/** The initial size of the dynamic table: https://www.rfc-editor.org/rfc/rfc9113#section-6.5.2 */
export const DEFAULT_TABLE_BYTES = 4096;

/** Bounds the length of integers. */
const MAX_SHIFT = 21;

const NOTHING = new Uint8Array();

/** Decodes the header blocks of one connection, in order. */
export class HpackDecoder {
  readonly #table = new DynamicTable(DEFAULT_TABLE_BYTES);
  readonly #maxListBytes: number;
  #maxTableBytes = DEFAULT_TABLE_BYTES;
  #block: Uint8Array = NOTHING;
  #position = 0;

  /** @param maxListBytes The size limit of a list, as in SETTINGS_MAX_HEADER_LIST_SIZE. */
  constructor({ maxListBytes }: { maxListBytes: number }) {
    this.#maxListBytes = maxListBytes;
  }

  /** The size of the dynamic table. */
  get tableBytes(): number {
    return this.#table.bytes;
  }

  /** The size limit of the dynamic table, once the other side has acknowledged it. */
  set maxTableBytes(bytes: number) {
    this.#maxTableBytes = bytes;
  }

  /**
   * Decodes a complete block. After an error, the dynamic table is out of sync with the encoder.
   *
   * @throws {ConnectionError} COMPRESSION_ERROR if the block is invalid; ENHANCE_YOUR_CALM if the list
   * is too long.
   */
  decode(block: Uint8Array): HeaderField[] {
    this.#block = block;
    this.#position = 0;
    this.#readSizeUpdates();
    const fields: HeaderField[] = [];
    let listBytes = 0;
    while (this.#position < block.length) {
      const field = this.#readField();
      listBytes += sizeOfField(field);
      if (listBytes > this.#maxListBytes) {
        throw new ConnectionError(
          ERROR_CODE.ENHANCE_YOUR_CALM,
          `the header fields take more than ${this.#maxListBytes} bytes`,
        );
      }
      fields.push(field);
    }
    // It may be a view of a buffer that will be reused.
    this.#block = NOTHING;
    return fields;
  }

  /** https://www.rfc-editor.org/rfc/rfc7541#section-6.3: only allowed at the start of a block. */
  #readSizeUpdates(): void {
    while ((this.#block[this.#position]! & 0xe0) === 0x20) {
      const bytes = this.#readInteger(5);
      if (bytes > this.#maxTableBytes) throw broken("the table would be larger than allowed");
      this.#table.maxBytes = bytes;
    }
    if (this.#table.maxBytes > this.#maxTableBytes) throw broken("the table was not made smaller");
  }

  /** https://www.rfc-editor.org/rfc/rfc7541#section-6 */
  #readField(): HeaderField {
    const first = this.#block[this.#position]!;
    if (first & 0x80) return this.#fieldAt(this.#readInteger(7));
    if (first & 0x40) {
      const field = this.#readLiteral(6);
      this.#table.add(field);
      return field;
    }
    if (first & 0x20) throw broken("the size of the table changes within a block");
    // "Never indexed" only matters to intermediaries.
    return this.#readLiteral(4);
  }

  #readLiteral(prefixBits: number): HeaderField {
    const index = this.#readInteger(prefixBits);
    const name = index === 0 ? this.#readString() : this.#fieldAt(index)[0];
    return [name, this.#readString()];
  }

  /** https://www.rfc-editor.org/rfc/rfc7541#section-2.3.3 */
  #fieldAt(index: number): HeaderField {
    const field = index <= STATIC_TABLE.length
      ? STATIC_TABLE[index - 1]
      : this.#table.get(index - STATIC_TABLE.length - 1);
    if (!field) throw broken(`no field has the index ${index}`);
    return field;
  }

  /** https://www.rfc-editor.org/rfc/rfc7541#section-5.1 */
  #readInteger(prefixBits: number): number {
    const mask = (1 << prefixBits) - 1;
    let value = this.#readOctet() & mask;
    if (value < mask) return value;
    for (let shift = 0; shift <= MAX_SHIFT; shift += 7) {
      const octet = this.#readOctet();
      value += (octet & 0x7f) << shift;
      if (octet < 0x80) return value;
    }
    throw broken("an integer is too large");
  }

  /** https://www.rfc-editor.org/rfc/rfc7541#section-5.2 */
  #readString(): string {
    const isHuffman = (this.#block[this.#position]! & 0x80) !== 0;
    const length = this.#readInteger(7);
    const start = this.#position;
    const end = this.#position = start + length;
    if (end > this.#block.length) throw broken("a string is cut off");
    if (!isHuffman) return fromBytes(this.#block.subarray(start, end));
    const text = decodeHuffman(this.#block, start, end);
    if (text === undefined) throw broken("a string is not valid Huffman code");
    return text;
  }

  #readOctet(): number {
    const octet = this.#block[this.#position++];
    if (octet === undefined) throw broken("the block is cut off");
    return octet;
  }
}

function broken(message: string): ConnectionError {
  return new ConnectionError(ERROR_CODE.COMPRESSION_ERROR, message);
}
