const CODES = { red: 31, green: 32, yellow: 33, cyan: 36, grey: 90, bold: 1, inverse: 7 };

/** How a text can stand out. */
export type Style = keyof typeof CODES;

/** Colors a text for a terminal; elsewhere, and with NO_COLOR, it stays as it is. */
export function paint(style: Style, text: string): string {
  return isColored() ? colored(style, text) : text;
}

/** Whether standard output is a terminal, and NO_COLOR does not keep colors from it. */
export function isColored(): boolean {
  return Deno.stdout.isTerminal() && !Deno.noColor;
}

/** A text with the codes that make it stand out, wherever it is written. */
export function colored(style: Style, text: string): string {
  return `\x1b[${CODES[style]}m${text}\x1b[0m`;
}
