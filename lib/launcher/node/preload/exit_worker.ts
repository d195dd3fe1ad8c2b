import type { CopiedBatch } from "./copied_batch.ts";
import type { SdkExporter } from "./unsent.ts";

/** What the worker gets from the thread that waits for it. */
interface WorkerData {
  copies: CopiedBatch[];
  /** Becomes 1 when everything is sent or lost. */
  isDone: Int32Array<SharedArrayBuffer>;
}

/**
 * Runs in a worker thread of Node, with its `require`: exports the copies with exporters that are configured by
 * the same variables. It is passed on as text, so it must not refer to anything outside.
 */
export function sendCopies(require: (path: string) => unknown): void {
  const { workerData } = require("node:worker_threads") as { workerData: WorkerData };
  const { copies, isDone } = workerData;
  const exports = copies.map(({ exporter: { path, name }, items }) => {
    const { [name]: Exporter } = require(path) as Record<string, new () => SdkExporter>;
    const isOfSpans = Array.isArray(items) && "startTime" in items[0] && items[0].startTime;
    // In a span, this is a method.
    const revived = isOfSpans
      ? items.map((span) => ({ ...span, spanContext: () => span.spanContext }))
      : items;
    return new Promise<unknown>((resolve) => new Exporter!().export(revived, resolve));
  });
  Promise.allSettled(exports).then(() => {
    Atomics.store(isDone, 0, 1);
    Atomics.notify(isDone, 0);
  });
}
