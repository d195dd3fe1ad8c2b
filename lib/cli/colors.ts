/** How a text can stand out on a terminal, by the code that begins it. */
export const COLORS = { red: 31, green: 32, yellow: 33, cyan: 36, grey: 90, bold: 1, inverse: 7 };

/** The code that ends all of them. */
export const PLAIN = 0;

/** Whether standard output is a terminal, and NO_COLOR does not keep colors from it. */
export function isColored(): boolean {
  return Deno.stdout.isTerminal() && !Deno.noColor;
}

/** What the terminal gets for a code. */
export function colorSequence(code: number): string {
  return `\x1b[${code}m`;
}
