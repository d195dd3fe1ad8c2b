/**
 * Characters that a terminal or a page may act on, or does not show: control characters (C0, C1 and
 * DEL), what turns the direction of writing, what is not seen, and what is assigned to nothing. From
 * a sender they could rewrite the screen, or pretend to be something else.
 */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu;

/** The text of somebody else with what a terminal would act on made visible: `\x1b[31m`. */
export function visible(text: string): string {
  return replaceUnsafe(text, (char) => {
    const code = char.codePointAt(0)!.toString(16);
    return code.length <= 2 ? `\\x${code.padStart(2, "0")}` : `\\u{${code}}`;
  });
}

/** The text with something else in the place of each of these characters. */
export function replaceUnsafe(text: string, replacement: (char: string) => string): string {
  return text.replace(UNSAFE, replacement);
}

/** The character as JSON can have it in a string: `\u009b`, and two of them beyond 16 bits. */
export function jsonEscape(char: string): string {
  return char.split("").map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}
