import type { QueueState } from "../../lab/own_metrics.ts";

/** So short a time in a queue is not worth a line. */
const LOOK_EVERY_MS = 500;

/** Prints a line for each queue in which another number of requests waits, until disposed. */
export function watchQueues(
  read: () => readonly QueueState[],
  print: (line: string) => void,
): Disposable {
  const printed = new Map<string, number>();
  const seen = new Map<string, number>();
  const timer = setInterval(() => {
    for (const { exporter, signal, length, capacity } of read()) {
      const name = `${exporter}, ${signal}`;
      // A request on its way, which is gone when looked for again, doesn't wait.
      const waiting = Math.min(length, seen.get(name) ?? 0);
      seen.set(name, length);
      if (waiting === (printed.get(name) ?? 0)) continue;
      printed.set(name, waiting);
      print(`queue of ${name}: ${waiting} of ${capacity} requests`);
    }
  }, LOOK_EVERY_MS);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
