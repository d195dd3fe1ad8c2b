import type { LogQuery, TraceQuery } from "../../model.ts";
import type { Signal } from "../../../otlp/signal.ts";
import { AddQueue } from "./add_queue.ts";
import type { AddOptions, Store, StoreChanges, StoreOptions } from "../store.ts";
import type { ExportCursor, ExportPart } from "../query/export_part.ts";
import { WorkerCalls } from "./worker_calls.ts";

/**
 * Starts a worker that keeps telemetry.
 *
 * @throws {Error} If the file cannot be used; the message says why.
 */
export async function openStore(
  { onProgress, onNotice, ...options }: StoreOptions,
): Promise<Store> {
  const worker = new Worker(new URL("./store_worker.ts", import.meta.url), {
    type: "module",
    name: "store",
  });
  const store = new WorkerStore(worker, { onProgress, onNotice });
  await store.open(options);
  return store;
}

/** Who is told while a file is opened. */
interface Listeners {
  onProgress: StoreOptions["onProgress"];
  onNotice: StoreOptions["onNotice"];
}

class WorkerStore implements Store {
  readonly #calls: WorkerCalls;
  readonly #queue: AddQueue;
  readonly #listeners = new Set<(changes: StoreChanges) => void>();

  constructor(worker: Worker, { onProgress, onNotice }: Listeners) {
    this.#calls = new WorkerCalls(worker, (message) => {
      if ("progress" in message) onProgress?.(message.progress);
      else if ("notice" in message) onNotice?.(message.notice);
      else for (const listener of [...this.#listeners]) listener(message.changes);
    });
    this.#queue = new AddQueue((requests) =>
      this.#calls.call("add", [requests], requests.map(({ bytes }) => bytes.buffer))
    );
  }

  get pendingBytes() {
    return this.#queue.pendingBytes;
  }

  async open(options: Omit<StoreOptions, keyof Listeners>) {
    try {
      await this.#calls.call("open", [options]);
    } catch (error) {
      this.#calls.end(error as Error);
      throw error;
    }
  }

  add(signal: Signal, request: Uint8Array<ArrayBuffer>, options?: AddOptions) {
    return this.#queue.add(signal, request, options);
  }

  services() {
    return this.#calls.call("services", []);
  }

  operations(serviceName: string) {
    return this.#calls.call("operations", [serviceName]);
  }

  findTraces(query: TraceQuery) {
    return this.#calls.call("findTraces", [query]);
  }

  findSpans(query: TraceQuery) {
    return this.#calls.call("findSpans", [query]);
  }

  trace(traceId: string) {
    return this.#calls.call("trace", [traceId]);
  }

  traceSummary(traceId: string) {
    return this.#calls.call("traceSummary", [traceId]);
  }

  serviceStats(windowSeconds: number) {
    return this.#calls.call("serviceStats", [windowSeconds]);
  }

  findLogs(query: LogQuery) {
    return this.#calls.call("findLogs", [query]);
  }

  metrics() {
    return this.#calls.call("metrics", []);
  }

  metric(name: string) {
    return this.#calls.call("metric", [name]);
  }

  stats() {
    return this.#calls.call("stats", []);
  }

  subscribe(listener: (changes: StoreChanges) => void): Disposable {
    // The same function may listen twice.
    const own = (changes: StoreChanges) => listener(changes);
    this.#listeners.add(own);
    this.#watch();
    return {
      [Symbol.dispose]: () => {
        this.#listeners.delete(own);
        this.#watch();
      },
    };
  }

  exportLines(signal: Signal): ReadableStream<Uint8Array<ArrayBuffer>> {
    let cursor: ExportCursor | undefined;
    return new ReadableStream({
      pull: async (controller) => {
        let part: ExportPart;
        do {
          part = await this.#calls.call("exportFrom", [signal, cursor]);
          cursor = part.next;
        } while (part.lines.length === 0 && cursor !== undefined);
        if (part.lines.length > 0) controller.enqueue(part.lines);
        if (cursor === undefined) controller.close();
      },
    }, { highWaterMark: 0 });
  }

  clear(traceId?: string) {
    return this.#calls.call("clear", traceId === undefined ? [] : [traceId]);
  }

  async [Symbol.asyncDispose]() {
    try {
      await this.#calls.call("close", []);
    } finally {
      this.#calls.end(new Error("The store is closed"));
    }
  }

  /** A store that has failed tells so to whoever asks it next. */
  #watch(): void {
    this.#calls.call("watch", [this.#listeners.size > 0]).catch(() => {});
  }
}
