/** A problem in a text. */
export interface Finding {
  /** From 1. */
  line: number;
  column: number;
  /** The affected text. */
  text: string;
  message: string;
}

/** The position of an offset in a text, from 1. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: before.at(-1)!.length + 1 };
}
