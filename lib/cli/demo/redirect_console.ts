import { format } from "node:util";

/**
 * Redirects console output of this realm to a callback, only the first line of each call: four apps that print
 * the stacks of their errors into one terminal would be unreadable.
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
