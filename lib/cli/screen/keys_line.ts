import { type Line, type Piece, piece, widthOfLine } from "./line.ts";

/** A key and what it does, in a word. */
export type KeyHint = readonly [key: string, does: string];

/** Keys on one line, with labels for as many as fit. The last key must list all others. */
export function keysLine(hints: readonly KeyHint[], width: number): Line {
  const last = hints.length - 1;
  const tries = [
    lineOf(hints, "  ", () => true),
    lineOf(hints, "  ", (index) => index < last),
  ];
  return tries.find((pieces) => widthOfLine(pieces) <= width) ??
    lineOf(hints, " ", (index) => index === last);
}

function lineOf(
  hints: readonly KeyHint[],
  gap: string,
  hasWord: (index: number) => boolean,
): Piece[] {
  return hints.flatMap(([key, does], index) => [
    piece(index === 0 ? " " : gap),
    piece(key, "bold"),
    ...hasWord(index) ? [piece(` ${does}`)] : [],
  ]);
}
