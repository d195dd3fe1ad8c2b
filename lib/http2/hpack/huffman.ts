/**
 * The length in bits of the code of each byte and, last, of the end of a string, as base 36 digits. The
 * codes follow from their lengths: sorted by length and symbol, each is the next number. https://www.rfc-editor.org/rfc/rfc7541#appendix-B
 */
const CODE_LENGTHS = "dnsssssssoussussssssssusssssssss6aacd68baa8b8666555666666678f6ca" +
  "d67777777777777777777777878djde6f56565666577666567655677777fbeds" +
  "kmkkmmmnmnnnnnonoomnonnnnlmnmnnomlkmmnnlnmmolmnnllmlnmnnkmmmnmmn" +
  "qqkjmnmpqqqrrqopjlqrrqrollqqsrrrkoklmllnmmppooqnqrqqrrrrrsrrrrrq" +
  "u";

const END_OF_STRING = 256;

/** The longest padding: https://www.rfc-editor.org/rfc/rfc7541#section-5.2 */
const MAX_PADDING_BITS = 7;

/** A transition is the next node and, above it, 1 + the byte that was completed, if any. */
const NO_BYTE = 0;
const BYTE_SHIFT = 16;
const NODE_MASK = 0xffff;
const INVALID = -1;

interface Decoder {
  /** Indexed by 16 times the node plus four bits. */
  transitions: Int32Array;
  /** Whether a string may end at a node: all bits since the last byte are padding. */
  isEnd: boolean[];
}

let decoder: Decoder | undefined;

/**
 * Decodes a string in a block; undefined if it is invalid: a code is cut off, the padding is wrong, or
 * it contains the end-of-string symbol.
 */
export function decodeHuffman(block: Uint8Array, start: number, end: number): string | undefined {
  const { transitions, isEnd } = decoder ??= createDecoder();
  const bytes: number[] = [];
  let node = 0;
  for (let i = start; i < end; i++) {
    const octet = block[i]!;
    for (const bits of [octet >>> 4, octet & 0xf]) {
      const transition = transitions[node * 16 + bits]!;
      if (transition === INVALID) return undefined;
      node = transition & NODE_MASK;
      const byte = transition >>> BYTE_SHIFT;
      if (byte !== NO_BYTE) bytes.push(byte - 1);
    }
  }
  return isEnd[node] ? fromBytes(bytes) : undefined;
}

/** Decodes bytes as Latin-1. */
export function fromBytes(bytes: ArrayLike<number>): string {
  let text = "";
  for (let i = 0; i < bytes.length; i++) text += String.fromCharCode(bytes[i]!);
  return text;
}

function createDecoder(): Decoder {
  const nodes = createTree();
  const transitions = new Int32Array(nodes.length * 16);
  for (let node = 0; node < nodes.length; node++) {
    for (let bits = 0; bits < 16; bits++) {
      transitions[node * 16 + bits] = walk(nodes, node, bits);
    }
  }
  const isEnd = nodes.map(() => false);
  for (let node = 0, bits = 0; bits <= MAX_PADDING_BITS; bits++) {
    isEnd[node] = true;
    node = nodes[node]![1];
  }
  return { transitions, isEnd };
}

/** The next node for each bit; a negative number `n` stands for the symbol `-1 - n`. */
type Node = [zero: number, one: number];

function createTree(): Node[] {
  const nodes: Node[] = [[0, 0]];
  for (const { symbol, code, length } of codes()) {
    let node = 0;
    for (let bit = length - 1; bit > 0; bit--) {
      const side = code >>> bit & 1;
      if (nodes[node]![side] === 0) nodes[node]![side] = nodes.push([0, 0]) - 1;
      node = nodes[node]![side]!;
    }
    nodes[node]![code & 1] = -1 - symbol;
  }
  return nodes;
}

function codes(): { symbol: number; code: number; length: number }[] {
  const symbols = Array.from(
    CODE_LENGTHS,
    (digit, symbol) => ({ symbol, length: parseInt(digit, 36) }),
  )
    .sort((a, b) => a.length - b.length || a.symbol - b.symbol);
  let next = 0;
  let last = 0;
  return symbols.map(({ symbol, length }) => {
    next <<= length - last;
    last = length;
    return { symbol, code: next++, length };
  });
}

/** Four bits complete at most one symbol, because no code is shorter than five. */
function walk(nodes: readonly Node[], start: number, bits: number): number {
  let node = start;
  let byte = NO_BYTE;
  for (let bit = 3; bit >= 0; bit--) {
    const next = nodes[node]![bits >>> bit & 1]!;
    if (next >= 0) {
      node = next;
      continue;
    }
    const symbol = -1 - next;
    if (symbol === END_OF_STRING) return INVALID;
    byte = symbol + 1;
    node = 0;
  }
  return byte << BYTE_SHIFT | node;
}
