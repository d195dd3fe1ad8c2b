import process from "node:process";

/** How long the flush may delay the end of a program. */
const FLUSH_TIMEOUT_MS = 5000;

/**
 * Flushes when the program ends by itself, or at a signal, which then ends it. A program that handles the
 * signal decides itself when to end; then only a flush takes place.
 */
export function flushAtEnd(flush: () => Promise<void>): void {
  process.once("beforeExit", () => void flush());
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, async function end() {
      // From here on, Bun behaves as without the preload, even at a second signal.
      process.off(signal, end);
      if (process.listenerCount(signal) > 0) return void await flush();
      await Promise.race([
        flush(),
        new Promise((resolve) => setTimeout(resolve, FLUSH_TIMEOUT_MS)),
      ]);
      process.kill(process.pid, signal);
    });
  }
}
