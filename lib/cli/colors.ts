/** Terminal styles, by the escape code that begins them. */
export const COLORS = { red: 31, green: 32, yellow: 33, cyan: 36, grey: 90, bold: 1, inverse: 7 };

/** The code that ends all styles. */
export const PLAIN = 0;

/** Whether standard output is a terminal, and NO_COLOR is not set. */
export function isColored(): boolean {
  return Deno.stdout.isTerminal() && !Deno.noColor;
}

/** The escape sequence for a code. */
export function colorSequence(code: number): string {
  return `\x1b[${code}m`;
}
