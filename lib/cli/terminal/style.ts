const CODES = { red: 31, green: 32, yellow: 33, grey: 90, bold: 1 };

/** How a text can stand out. */
export type Style = keyof typeof CODES;

/** Colours a text for a terminal; elsewhere, and with NO_COLOR, it stays as it is. */
export function paint(style: Style, text: string): string {
  return Deno.stdout.isTerminal() && !Deno.noColor ? `\x1b[${CODES[style]}m${text}\x1b[0m` : text;
}
