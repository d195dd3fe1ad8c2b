import type { QueueState } from "../../lab/queue_metric.ts";

/** So short a time in a queue is not worth a line. */
const LOOK_EVERY_MS = 500;

/** Prints a line for each queue whose length has changed, until disposed. */
export function watchQueues(
  read: () => readonly QueueState[],
  print: (line: string) => void,
): Disposable {
  const printed = new Map<string, number>();
  const timer = setInterval(() => {
    for (const { exporter, signal, length, capacity } of read()) {
      const name = `${exporter}, ${signal}`;
      if (length === (printed.get(name) ?? 0)) continue;
      printed.set(name, length);
      print(`queue of ${name}: ${length} of ${capacity} requests`);
    }
  }, LOOK_EVERY_MS);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
