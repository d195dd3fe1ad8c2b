/** What an error says; anything else that was thrown is taken at its word. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
