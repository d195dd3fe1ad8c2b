/** What an error says; anything else that was thrown is taken at its word. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The messages of an error and of everything that caused it, from the outside to the inside. */
export function errorChain(error: unknown): string[] {
  const messages: string[] = [];
  const seen = new Set<unknown>();
  const visit = (value: unknown) => {
    if (value === undefined || value === null || seen.has(value)) return;
    seen.add(value);
    messages.push(messageOf(value));
    if (value instanceof AggregateError) value.errors.forEach(visit);
    if (value instanceof Error) visit(value.cause);
  };
  visit(error);
  return messages.filter((message) => message !== "");
}

/** What the first cause of an error says, in a line. */
export function innermostMessage(error: unknown): string {
  const message = errorChain(error).at(-1) ?? String(error);
  return message.split("\n")[0]!.replace(/^.*client error \(\w+\): /, "");
}

/** Whether the time that the caller allows was over. */
export function isTimeout(error: unknown): boolean {
  return error instanceof DOMException && error.name === "TimeoutError";
}
