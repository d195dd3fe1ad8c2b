import process from "node:process";

/** How long the flush may keep a program that was asked to end. */
const FLUSH_TIMEOUT_MS = 5000;

/**
 * Sends what waits when the program ends by itself, or by a signal, which then ends it. A program that
 * listens itself decides when to end, and only what there is so far is sent.
 */
export function flushAtEnd(flush: () => Promise<void>): void {
  process.once("beforeExit", () => void flush());
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, async function end() {
      // From here on Bun does what it does without us, at a second signal too.
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
