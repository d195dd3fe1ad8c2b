/** Reads four bytes as a word. */
export function readWord(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 24 | bytes[at + 1]! << 16 | bytes[at + 2]! << 8 | bytes[at + 3]!) >>> 0;
}

/** Reads a time. Its upper half is last in the bytes, but first in the words. */
export function readTime(bytes: Uint8Array, from: number, words: Uint32Array, at: number): void {
  words[at] = bytes[from + 7]! << 24 | bytes[from + 6]! << 16 | bytes[from + 5]! << 8 |
    bytes[from + 4]!;
  words[at + 1] = bytes[from + 3]! << 24 | bytes[from + 2]! << 16 | bytes[from + 1]! << 8 |
    bytes[from]!;
}

/** Converts an id from hex digits to words; undefined if the number of digits is wrong. */
export function wordsOfHex(id: string, words: number): number[] | undefined {
  if (id.length !== words * 8 || !/^[\da-f]+$/i.test(id)) return undefined;
  return Array.from({ length: words }, (_, i) => Number.parseInt(id.slice(i * 8, i * 8 + 8), 16));
}

/** Converts words to hex digits. */
export function hexOfWords(words: Uint32Array, at: number, count: number): string {
  let text = "";
  for (let i = at; i < at + count; i++) text += words[i]!.toString(16).padStart(8, "0");
  return text;
}

/** Converts two words to the decimal string that OTLP JSON uses for a time. */
export function timeOfWords(words: Uint32Array, at: number): string {
  return (BigInt(words[at]!) << 32n | BigInt(words[at + 1]!)).toString();
}

/** Converts two words to whole milliseconds since 1970; exact, although nanoseconds are too large for a number. */
export function millisOfWords(words: Uint32Array, at: number): number {
  const upper = words[at]!;
  return Math.floor(upper / 1e6) * 2 ** 32 +
    Math.floor((upper % 1e6 * 2 ** 32 + words[at + 1]!) / 1e6);
}

/** Nanoseconds between two times of two words each; exact up to a hundred days. */
export function nanosBetween(words: Uint32Array, start: number, end: number): number {
  return (words[end]! - words[start]!) * 2 ** 32 + (words[end + 1]! - words[start + 1]!);
}
