import { DatabaseError } from "../database_error.ts";
import { MalformedError } from "../../../otlp/malformed_error.ts";
import type {
  CallError,
  StoreCall,
  StoreMessage,
  StoreMethod,
  StoreMethods,
} from "./store_calls.ts";

/** Asks a worker and waits for its answers. */
export class WorkerCalls {
  readonly #worker: Worker;
  readonly #pending = new Map<number, PromiseWithResolvers<unknown>>();
  readonly #onMessage: (message: Exclude<StoreMessage, { id: number }>) => void;
  #lastId = 0;
  #failure: Error | undefined;

  constructor(worker: Worker, onMessage: (message: Exclude<StoreMessage, { id: number }>) => void) {
    this.#worker = worker;
    this.#onMessage = onMessage;
    worker.onmessage = ({ data }: MessageEvent<StoreMessage>) => {
      if (!("id" in data)) return this.#onMessage(data);
      const call = this.#pending.get(data.id);
      this.#pending.delete(data.id);
      if ("error" in data) call?.reject(toError(data.error));
      else call?.resolve(data.result);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      this.end(new Error(`The store has failed: ${event.message}. Start the collector again`));
    };
    worker.onmessageerror = () => {
      this.end(
        new Error("The store has failed: a message cannot be read. Start the collector again"),
      );
    };
  }

  call<Method extends StoreMethod>(
    method: Method,
    args: Parameters<StoreMethods[Method]>,
    transfer: Transferable[] = [],
  ): ReturnType<StoreMethods[Method]> {
    if (this.#failure) return Promise.reject(this.#failure) as ReturnType<StoreMethods[Method]>;
    const id = ++this.#lastId;
    const call = Promise.withResolvers<unknown>();
    this.#pending.set(id, call);
    this.#worker.postMessage({ id, method, args } satisfies StoreCall, transfer);
    return call.promise as ReturnType<StoreMethods[Method]>;
  }

  /** Ends the worker; what waits and what comes is rejected. */
  end(reason: Error): void {
    this.#failure ??= reason;
    this.#worker.terminate();
    for (const { reject } of this.#pending.values()) reject(this.#failure);
    this.#pending.clear();
  }
}

/** The error that the worker threw. */
export function toError(
  { message, isMalformed, byteOffset, database, stack }: CallError,
): Error {
  if (isMalformed) return new MalformedError(message, byteOffset);
  if (database) return new DatabaseError(database.path, database.trouble, database.reason);
  return Object.assign(new Error(message), stack !== undefined && { stack });
}
