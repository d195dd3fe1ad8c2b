import process from "node:process";
import type { TracesEnd } from "./sdk.ts";

/** How long the flush may delay the end of a program. */
const FLUSH_TIMEOUT_MS = 5000;

/**
 * Flushes when the program ends by itself, exits, or gets a signal, which then ends it. A program that handles
 * the signal decides itself when to end; then only a flush takes place.
 */
export function flushAtEnd({ flush, sendAtExit }: TracesEnd): void {
  process.once("beforeExit", () => void flush());
  process.once("exit", () => {
    try {
      sendAtExit();
    } catch {
      // The process ends without it.
    }
  });
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, async function end() {
      // From here on, Bun behaves as without the preload, even at a second signal.
      process.off(signal, end);
      if (process.listenerCount(signal) > 0) {
        // If the program exits at once, everything is sent then, and would be sent twice.
        return void setTimeout(() => void flush());
      }
      await Promise.race([
        flush(),
        new Promise((resolve) => setTimeout(resolve, FLUSH_TIMEOUT_MS)),
      ]);
      process.kill(process.pid, signal);
    });
  }
}
