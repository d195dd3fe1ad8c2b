import { DatabaseError } from "../database_error.ts";
import { MalformedError } from "../../../otlp/malformed_error.ts";
import { StoreUnavailableError } from "../store.ts";
import type { Pulse } from "./pulse.ts";
import type { StoreWorker } from "./start_worker.ts";
import type { CallError, StoreMessage, StoreMethod, StoreMethods } from "./store_calls.ts";

/** Options of {@linkcode WorkerCalls}. */
export interface WorkerCallsOptions {
  onMessage: (message: Exclude<StoreMessage, { id: number }>) => void;
  /** Called once, if the worker fails on its own. */
  onFailure: (reason: string) => void;
  pulse: Pick<Pulse, "beats" | "heapMiB">;
  /** The limit of the worker's heap. */
  maxHeapMiB: number;
  /** Starts calling `tick` every second, until disposed. */
  startClock?: (tick: () => void) => Disposable;
}

/**
 * A worker has failed if it has pending calls but shows no life for this long. Seconds are counted in
 * ticks, so that a suspended process does not count.
 */
const MAX_SILENT_SECONDS = 30;

/**
 * The limit is shorter for a worker whose heap was almost full. Out of memory, it collects garbage
 * forever without an error. (Deno 2.7 and 2.9 do not end it.)
 */
const MAX_FULL_SECONDS = 5;
const FULL_SHARE = 0.75;

/** These read or write the whole file at once. */
const LONG_METHODS: ReadonlySet<StoreMethod> = new Set(["open", "clear", "close"]);

/** Calls a worker's methods and waits for the results. */
export class WorkerCalls {
  readonly #worker: StoreWorker;
  readonly #options: WorkerCallsOptions;
  readonly #pending = new Map<number, PendingCall>();
  readonly #clock: Disposable;
  #lastId = 0;
  #silentSeconds = 0;
  #lastBeats = 0;
  #failure: Error | undefined;

  constructor(worker: StoreWorker, options: WorkerCallsOptions) {
    const { startClock = everySecond } = options;
    this.#worker = worker;
    this.#options = options;
    worker.listen((message) => this.#receive(message), (reason) => this.#fail(reason));
    this.#clock = startClock(() => this.#tick());
  }

  call<Method extends StoreMethod>(
    method: Method,
    args: Parameters<StoreMethods[Method]>,
    transfer: readonly ArrayBuffer[] = [],
  ): ReturnType<StoreMethods[Method]> {
    if (this.#failure) return Promise.reject(this.#failure) as ReturnType<StoreMethods[Method]>;
    const id = ++this.#lastId;
    const call = Promise.withResolvers<unknown>();
    if (this.#pending.size === 0) this.#showsLife();
    this.#pending.set(id, { ...call, isLong: LONG_METHODS.has(method) });
    this.#worker.send({ id, method, args }, transfer);
    return call.promise as ReturnType<StoreMethods[Method]>;
  }

  /** Ends the worker. Rejects pending and later calls. */
  end(reason: Error): void {
    this.#failure ??= reason;
    this.#clock[Symbol.dispose]();
    this.#worker.terminate();
    for (const { reject } of this.#pending.values()) reject(this.#failure);
    this.#pending.clear();
  }

  #receive(message: StoreMessage): void {
    this.#showsLife();
    if (!("id" in message)) return this.#options.onMessage(message);
    const call = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if ("error" in message) call?.reject(toError(message.error));
    else call?.resolve(message.result);
  }

  #tick(): void {
    const calls = [...this.#pending.values()];
    if (calls.length === 0 || calls.some(({ isLong }) => isLong)) return;
    const { pulse, maxHeapMiB } = this.#options;
    if (pulse.beats !== this.#lastBeats) this.#showsLife();
    const isFull = pulse.heapMiB > FULL_SHARE * maxHeapMiB;
    if (++this.#silentSeconds <= (isFull ? MAX_FULL_SECONDS : MAX_SILENT_SECONDS)) return;
    this.#fail(isFull ? "it is out of memory" : "it does not answer any more");
  }

  #showsLife(): void {
    this.#silentSeconds = 0;
    this.#lastBeats = this.#options.pulse.beats;
  }

  #fail(reason: string): void {
    if (this.#failure) return;
    this.end(new StoreUnavailableError(`the store has failed: ${reason}`));
    this.#options.onFailure(reason);
  }
}

interface PendingCall extends PromiseWithResolvers<unknown> {
  isLong: boolean;
}

/** Recreates the error that the worker threw. */
export function toError(
  { message, isMalformed, byteOffset, database, stack }: CallError,
): Error {
  if (isMalformed) return new MalformedError(message, byteOffset);
  if (database) return new DatabaseError(database.path, database.trouble, database.reason);
  return Object.assign(new Error(message), stack !== undefined && { stack });
}

function everySecond(tick: () => void): Disposable {
  const timer = setInterval(tick, 1000);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
