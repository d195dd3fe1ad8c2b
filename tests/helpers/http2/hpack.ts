/** https://www.rfc-editor.org/rfc/rfc7541#appendix-A, from index 1 on. */
const STATIC_TABLE: readonly (readonly [string, string])[] = [
  [":authority", ""],
  [":method", "GET"],
  [":method", "POST"],
  [":path", "/"],
  [":path", "/index.html"],
  [":scheme", "http"],
  [":scheme", "https"],
  ...["200", "204", "206", "304", "400", "404", "500"].map((status) =>
    [":status", status] as const
  ),
  ["accept-charset", ""],
  ["accept-encoding", "gzip, deflate"],
  ...[
    ...["accept-language", "accept-ranges", "accept", "access-control-allow-origin", "age"],
    ...["allow", "authorization", "cache-control", "content-disposition", "content-encoding"],
    ...["content-language", "content-length", "content-location", "content-range", "content-type"],
    ...["cookie", "date", "etag", "expect", "expires", "from", "host", "if-match"],
    ...["if-modified-since", "if-none-match", "if-range", "if-unmodified-since", "last-modified"],
    ...["link", "location", "max-forwards", "proxy-authenticate", "proxy-authorization", "range"],
    ...["referer", "refresh", "retry-after", "server", "set-cookie", "strict-transport-security"],
    ...["transfer-encoding", "user-agent", "vary", "via", "www-authenticate"],
  ].map((name) => [name, ""] as const),
];

/**
 * The printable characters by the length of their codes. The code is canonical: within a length it
 * goes up with the character, and the next length goes on where one ends.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7541#appendix-B
 */
const HUFFMAN: readonly (readonly [bits: number, characters: string])[] = [
  [5, "012aceiost"],
  [6, " %-./3456789=A_bdfghlmnpru"],
  [7, ":BCDEFGHIJKLMNOPQRSTUVWYjkqvwxyz"],
  [8, "&*,;XZ"],
  [10, '!"()?'],
  [11, "'+|"],
  [12, "#>"],
  [13, "\0$@[]~"],
  [14, "^}"],
  [15, "<`{"],
  [19, "\\"],
];

const CHARACTERS = characterCodes();

/** Writes headers without an index and without compression, as any peer can read them. */
export function encodeHeaders(headers: Record<string, string>): Uint8Array {
  const encoder = new TextEncoder();
  return Uint8Array.from(
    Object.entries(headers).flatMap(([name, value]) => [
      0,
      ...[name, value].flatMap((text) => {
        const bytes = encoder.encode(text);
        return [...encodeLength(bytes.length), ...bytes];
      }),
    ]),
  );
}

/** Reads the header blocks of one direction of a connection, one after the other. */
export class HeaderDecoder {
  /** The newest first; who sends takes care that old ones are not named. */
  readonly #dynamicTable: (readonly [string, string])[] = [];

  /** @throws {Error} If the block breaks the rules, or a name or value is not printable. */
  decode(block: Uint8Array): Record<string, string> {
    const reader = new BlockReader(block);
    const headers: Record<string, string> = {};
    while (!reader.isAtEnd) {
      const first = reader.peek();
      if ((first & 0xe0) === 0x20) {
        reader.integer(5); // The size of the table.
        continue;
      }
      const [name, value] = this.#field(reader, first);
      headers[name] = name in headers ? `${headers[name]}, ${value}` : value;
    }
    return headers;
  }

  #field(reader: BlockReader, first: number): readonly [string, string] {
    if (first & 0x80) return this.#entry(reader.integer(7));
    const isIndexed = (first & 0x40) !== 0;
    const index = reader.integer(isIndexed ? 6 : 4);
    const name = index > 0 ? this.#entry(index)[0] : reader.text();
    const field = [name, reader.text()] as const;
    if (isIndexed) this.#dynamicTable.unshift(field);
    return field;
  }

  #entry(index: number): readonly [string, string] {
    const entry = STATIC_TABLE[index - 1] ?? this.#dynamicTable[index - 1 - STATIC_TABLE.length];
    if (!entry) throw new Error(`There is no header at index ${index}`);
    return entry;
  }
}

class BlockReader {
  readonly #block: Uint8Array;
  #position = 0;

  constructor(block: Uint8Array) {
    this.#block = block;
  }

  get isAtEnd(): boolean {
    return this.#position >= this.#block.length;
  }

  peek(): number {
    const byte = this.#block[this.#position];
    if (byte === undefined) throw new Error("The header block ends too early");
    return byte;
  }

  /** A number whose first bits are the last of a byte. */
  integer(bits: number): number {
    const mask = 2 ** bits - 1;
    let value = this.#next() & mask;
    if (value < mask) return value;
    for (let scale = 1;; scale *= 128) {
      const byte = this.#next();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  }

  text(): string {
    const isCompressed = (this.peek() & 0x80) !== 0;
    const length = this.integer(7);
    const bytes = this.#block.subarray(this.#position, this.#position += length);
    return isCompressed ? decompress(bytes) : new TextDecoder().decode(bytes);
  }

  #next(): number {
    const byte = this.peek();
    this.#position++;
    return byte;
  }
}

function encodeLength(length: number): number[] {
  if (length < 127) return [length];
  const bytes = [127];
  let rest = length - 127;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push(rest % 128 + 128);
  return [...bytes, rest];
}

/** What is left at the end are the ones that fill the last byte. */
function decompress(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("");
  let text = "";
  let code = "";
  for (const bit of bits) {
    code += bit;
    const character = CHARACTERS.get(code);
    if (character === undefined) continue;
    text += character;
    code = "";
  }
  if (code.length > 7 || code.includes("0")) throw new Error("A header is not printable");
  return text;
}

function characterCodes(): Map<string, string> {
  const codes = new Map<string, string>();
  let code = 0;
  let length = 0;
  for (const [bits, characters] of HUFFMAN) {
    code *= 2 ** (bits - length);
    length = bits;
    for (const character of characters) {
      codes.set(code.toString(2).padStart(bits, "0"), character);
      code++;
    }
  }
  return codes;
}
