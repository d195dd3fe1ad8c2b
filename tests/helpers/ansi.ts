/** The text without escape sequences for colors and cursor movement. */
export function stripAnsiCode(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.replace(/\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07]*\x07)/g, "");
}
