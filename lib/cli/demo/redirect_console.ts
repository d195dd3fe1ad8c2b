import { format } from "node:util";

/**
 * Makes what this realm writes to the console a line for somebody else: the first line of it, since
 * four apps that write the stacks of their errors into one terminal help nobody.
 */
export function redirectConsole(write: (line: string) => void): void {
  const redirected = (...args: unknown[]) => write(format(...args).split("\n", 1)[0]!);
  Object.assign(globalThis.console, {
    debug: redirected,
    log: redirected,
    info: redirected,
    warn: redirected,
    error: redirected,
  });
}
