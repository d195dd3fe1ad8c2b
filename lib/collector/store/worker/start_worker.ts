import { type MessagePort as NodePort, Worker } from "node:worker_threads";
import type { StoreCall, StoreMessage } from "./store_calls.ts";

/** What is used of a worker. */
export interface StoreWorker {
  send(message: StoreCall, transfer: readonly ArrayBuffer[]): void;
  /** Calls back with what it sends, and once when it fails or ends. */
  listen(onMessage: (message: StoreMessage) => void, onFailure: (reason: string) => void): void;
  terminate(): void;
}

/**
 * Starts a worker whose heap is limited. A `Worker` of the web that runs out of heap takes the whole
 * process with it; one of Node is stopped alone. But messages of Node's workers copy bytes slowly, so
 * they go through a channel of the web's.
 */
export function startWorker(url: URL, heapMiB: number): StoreWorker {
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(url, {
    name: "store",
    resourceLimits: { maxOldGenerationSizeMb: heapMiB },
  });
  // It is both, but the types do not know.
  worker.postMessage(port2, [port2 as unknown as NodePort]);
  return {
    send: (message, transfer) => port1.postMessage(message, [...transfer]),
    listen(onMessage, onFailure) {
      port1.onmessage = ({ data }: MessageEvent<StoreMessage>) => onMessage(data);
      port1.onmessageerror = () => onFailure("a message cannot be read");
      worker.on("error", ({ message }) => onFailure(message));
      worker.on("exit", () => onFailure("it ended"));
    },
    terminate() {
      port1.close();
      void worker.terminate();
    },
  };
}
