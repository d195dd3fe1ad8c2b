import { sleep } from "../../../time.ts";
import { itemCount, SIGNALS } from "../../../otlp/signal.ts";
import type { StoreFailures } from "../../model.ts";
import { messageOf } from "../../../error_message.ts";
import { type StoreOptions, StoreUnavailableError } from "../store.ts";
import { Pulse } from "./pulse.ts";
import type { StoreMessage, StoreMethod, StoreMethods } from "./store_calls.ts";
import type { StoreWorker } from "./start_worker.ts";
import { WorkerCalls } from "./worker_calls.ts";

/** If a worker fails sooner than this, the next one is started with an increasing delay. */
const STABLE_MS = 10_000;
const FIRST_PAUSE_MS = 500;
const MAX_PAUSE_MS = 30_000;

/** Options of {@linkcode StoreSupervisor}. */
export interface SupervisorOptions {
  createWorker: () => StoreWorker;
  /** The limit of the worker's heap. */
  maxHeapMiB: number;
  store: Omit<StoreOptions, "onProgress" | "onNotice">;
  report: (message: string) => void;
  onMessage: (message: Exclude<StoreMessage, { id: number }>) => void;
  /** Called when a new worker has taken over. */
  onRestart: () => void;
}

/** Keeps a worker running. If it fails, starts another, which reads the file again. */
export class StoreSupervisor {
  /** The failures so far. */
  readonly failures: StoreFailures = { count: 0, lost: { traces: 0, metrics: 0, logs: 0 } };
  readonly #options: SupervisorOptions;
  readonly #ending = new AbortController();
  readonly #pulse = new Pulse();
  #calls: WorkerCalls | undefined;
  #startedAt = 0;
  #pauseMillis = FIRST_PAUSE_MS;

  constructor(options: SupervisorOptions) {
    this.#options = options;
  }

  /** Starts the first worker. @throws {Error} If the file cannot be used. */
  async open(): Promise<void> {
    this.#calls = await this.#start();
  }

  /**
   * Calls a method of the worker.
   *
   * @throws {StoreUnavailableError} If the worker fails, or has failed and the next one is not ready.
   */
  call<Method extends StoreMethod>(
    method: Method,
    args: Parameters<StoreMethods[Method]>,
    transfer: readonly ArrayBuffer[] = [],
  ): ReturnType<StoreMethods[Method]> {
    if (this.#calls) return this.#calls.call(method, args, transfer);
    const reason = this.#ending.signal.aborted ? "the store is closed" : "the store starts again";
    return Promise.reject(new StoreUnavailableError(reason)) as ReturnType<StoreMethods[Method]>;
  }

  /** Lets the worker close its file, then ends it. */
  async close(): Promise<void> {
    this.#ending.abort();
    const calls = this.#calls;
    this.#calls = undefined;
    try {
      await calls?.call("close", []);
    } catch (error) {
      // A failed worker has nothing to close.
      if (!(error instanceof StoreUnavailableError)) throw error;
    } finally {
      calls?.end(new StoreUnavailableError("the store is closed"));
    }
  }

  async #start(): Promise<WorkerCalls> {
    const calls: WorkerCalls = new WorkerCalls(this.#options.createWorker(), {
      onMessage: this.#options.onMessage,
      pulse: this.#pulse,
      maxHeapMiB: this.#options.maxHeapMiB,
      onFailure: (reason) => {
        if (this.#calls === calls) void this.#restart(reason);
      },
    });
    try {
      await calls.call("open", [this.#options.store, this.#pulse.words]);
    } catch (error) {
      calls.end(error as Error);
      throw error;
    }
    this.#startedAt = performance.now();
    return calls;
  }

  /** Never rejects. */
  async #restart(reason: string): Promise<void> {
    const { report, onRestart } = this.#options;
    const { signal } = this.#ending;
    this.#calls = undefined;
    const before = this.#pulse.kept;
    this.failures.count++;
    report(`The store has failed: ${reason}. Senders are asked to try again until it is back`);
    if (performance.now() - this.#startedAt > STABLE_MS) this.#pauseMillis = FIRST_PAUSE_MS;
    for (let told = ""; !signal.aborted;) {
      await sleep(this.#pauseMillis, signal);
      this.#pauseMillis = Math.min(2 * this.#pauseMillis, MAX_PAUSE_MS);
      try {
        this.#pulse.reset();
        const calls = await this.#start();
        if (signal.aborted) return calls.end(new StoreUnavailableError("the store is closed"));
        this.#calls = calls;
        report(`The store is back. ${this.#countLost(before)}`);
        return onRestart();
      } catch (error) {
        const message = messageOf(error);
        if (message !== told) report(`Cannot start the store again yet: ${message}`);
        told = message;
      }
    }
  }

  /** Counts what was lost, and describes it. */
  #countLost(before: readonly number[]): string {
    const { kept } = this.#pulse;
    const lost = SIGNALS.map((signal, i) => {
      const count = Math.max(0, before[i]! - kept[i]!);
      this.failures.lost[signal] += count;
      return itemCount(count, signal);
    });
    return before.some((count, i) => count > kept[i]!)
      ? `Lost: ${lost.join(", ")}`
      : "No data was lost";
  }
}
