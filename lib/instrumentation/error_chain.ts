/** The message of an error; any other thrown value as a string. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The messages of an error and all of its causes, from the outermost to the innermost. */
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

/** The message of an error's root cause, in one line. */
export function innermostMessage(error: unknown): string {
  const message = errorChain(error).at(-1) ?? String(error);
  return message.split("\n")[0]!.replace(/^.*client error \(\w+\): /, "");
}

/** Whether the caller's timeout expired. */
export function isTimeout(error: unknown): boolean {
  return error instanceof DOMException && error.name === "TimeoutError";
}
