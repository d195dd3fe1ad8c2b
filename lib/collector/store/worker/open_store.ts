import type { CallRule, LogQuery, StoreStats, TraceQuery } from "../../model.ts";
import type { Signal } from "../../../otlp/signal.ts";
import { AddQueue } from "./add_queue.ts";
import type {
  AddOptions,
  CallPeriod,
  PointPeriod,
  Store,
  StoreChanges,
  StoreOptions,
} from "../store.ts";
import type { ExportCursor, ExportPart } from "../query/export_part.ts";
import { SampleReader } from "../query/sample_reader.ts";
import { spanParts } from "../query/span_parts.ts";
import { StoreSupervisor } from "./store_supervisor.ts";
import { startWorker, type StoreWorker } from "./start_worker.ts";

const WORKER = new URL("./store_worker.ts", import.meta.url);

const MIB = 2 ** 20;

/** Kept bytes are outside the worker's heap, but their names are in it. */
const heapMiB = ({ maxBytes }: StoreOptions) => 256 + Math.ceil(maxBytes / MIB);

/** What tests can replace. */
export interface OpenOptions {
  createWorker?: () => StoreWorker;
}

/**
 * Starts a worker that keeps telemetry, and restarts it if it fails.
 *
 * @throws {Error} If the file cannot be used; the message says why.
 */
export async function openStore(
  options: StoreOptions,
  { createWorker = () => startWorker(WORKER, heapMiB(options)) }: OpenOptions = {},
): Promise<Store> {
  const store = new WorkerStore(options, createWorker);
  await store.open();
  return store;
}

class WorkerStore implements Store {
  readonly #calls: StoreSupervisor;
  readonly #samples = new SampleReader((name, period, known) =>
    this.#calls.call("columns", [name, period, known])
  );
  readonly #queue: AddQueue;
  readonly #listeners = new Set<(changes: StoreChanges) => void>();

  constructor(
    { onProgress, onNotice = () => {}, ...store }: StoreOptions,
    createWorker: () => StoreWorker,
  ) {
    this.#calls = new StoreSupervisor({
      createWorker,
      maxHeapMiB: heapMiB(store),
      store,
      report: onNotice,
      onMessage: (message) => {
        if ("progress" in message) onProgress?.(message.progress);
        else if ("notice" in message) onNotice(message.notice);
        else this.#publish(message.changes);
      },
      onRestart: () => void this.#resume(),
    });
    this.#queue = new AddQueue((requests) =>
      this.#calls.call("add", [requests], requests.map(({ bytes }) => bytes.buffer))
    );
  }

  get pendingBytes() {
    return this.#queue.pendingBytes;
  }

  async open() {
    await this.#calls.open();
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
    return spanParts((cursor) => this.#calls.call("spansFrom", [query, cursor]));
  }

  trace(traceId: string) {
    return spanParts((cursor) => this.#calls.call("spansFrom", [traceId, cursor]));
  }

  traceSummary(traceId: string) {
    return this.#calls.call("traceSummary", [traceId]);
  }

  orphanCounts(traceIds: readonly string[]) {
    return this.#calls.call("orphanCounts", [traceIds]);
  }

  serviceStats(windowSeconds: number) {
    return this.#calls.call("serviceStats", [windowSeconds]);
  }

  spanFields() {
    return this.#calls.call("spanFields", []);
  }

  serviceCalls(period: CallPeriod, rule: CallRule) {
    return this.#calls.call("serviceCalls", [period, rule]);
  }

  remoteServices(serviceName: string) {
    return this.#calls.call("remoteServices", [serviceName]);
  }

  findLogs(query: LogQuery) {
    return this.#calls.call("findLogs", [query]);
  }

  logVolume(query: LogQuery) {
    return this.#calls.call("logVolume", [query]);
  }

  metrics() {
    return this.#calls.call("metrics", []);
  }

  metricJson(name: string) {
    return this.#calls.call("metricJson", [name]);
  }

  samples(name: string, period: PointPeriod) {
    return this.#samples.read(name, period);
  }

  async stats() {
    const stats = await this.#calls.call("stats", []);
    return this.#withFailures(stats);
  }

  subscribe(listener: (changes: StoreChanges) => void): Disposable {
    // Makes a separate listener, because the same function may subscribe twice.
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

  [Symbol.asyncDispose]() {
    return this.#calls.close();
  }

  /** Ignores failures: a failed store reports them to the next caller. */
  #watch(): void {
    this.#calls.call("watch", [this.#listeners.size > 0]).catch(() => {});
  }

  #publish(changes: StoreChanges): void {
    const stats = this.#withFailures(changes.stats);
    for (const listener of [...this.#listeners]) listener({ ...changes, stats });
  }

  #withFailures(stats: StoreStats): StoreStats {
    const { failures } = this.#calls;
    return failures.count > 0 ? { ...stats, failures } : stats;
  }

  /** Makes subscribers read everything again. Never rejects. */
  async #resume(): Promise<void> {
    this.#watch();
    try {
      const stats = await this.#calls.call("stats", []);
      this.#publish({
        traces: [],
        isTruncated: true,
        logCount: 0,
        lastLogSequence: 0,
        metricNames: [],
        stats,
      });
    } catch {
      // The store has failed again, and will resume later.
    }
  }
}
