/** Something that a reader should not have to read. */
export interface Finding {
  /** From 1. */
  line: number;
  column: number;
  /** The text that is wrong. */
  text: string;
  message: string;
}

/** Where an offset in a text is, from 1. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: before.at(-1)!.length + 1 };
}
