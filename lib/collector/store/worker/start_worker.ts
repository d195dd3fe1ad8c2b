import { type MessagePort as NodePort, Worker } from "node:worker_threads";
import type { StoreCall, StoreMessage } from "./store_calls.ts";

/** The parts of a worker that are used. */
export interface StoreWorker {
  send(message: StoreCall, transfer: readonly ArrayBuffer[]): void;
  /** Calls back with each message, and once when the worker fails or ends. */
  listen(onMessage: (message: StoreMessage) => void, onFailure: (reason: string) => void): void;
  terminate(): void;
}

/**
 * Starts a worker with a limited heap. A web `Worker` that runs out of heap takes the whole process down;
 * a Node worker ends alone. But Node's worker messages copy bytes slowly, so messages go through a web
 * `MessageChannel`.
 */
export function startWorker(url: URL, heapMiB: number): StoreWorker {
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(url, {
    name: "store",
    resourceLimits: { maxOldGenerationSizeMb: heapMiB },
  });
  // The port is both, but the types do not know it.
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
