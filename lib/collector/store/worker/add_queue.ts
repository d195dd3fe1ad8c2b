import type { Signal } from "../../../otlp/signal.ts";
import type { AddOptions, AddResult } from "../store.ts";
import type { AddOutcome, AddRequest } from "./store_calls.ts";
import { toError } from "./worker_calls.ts";

/** Two, so that the worker finds the next batch there when it is done with one. */
const MAX_BATCHES = 2;
/** So that a question waits for little. */
const MAX_BATCH_BYTES = 4 * 2 ** 20;

/**
 * Hands requests over in batches: what comes while the worker is busy goes together, as one message
 * and one transaction. The more there is to do, the less it costs.
 */
export class AddQueue {
  /** Of requests that are not stored yet. */
  pendingBytes = 0;
  readonly #send: (requests: AddRequest[]) => Promise<AddOutcome[]>;
  #waiting: Waiting[] = [];
  #batches = 0;

  constructor(send: (requests: AddRequest[]) => Promise<AddOutcome[]>) {
    this.#send = send;
  }

  add(
    signal: Signal,
    request: Uint8Array<ArrayBuffer>,
    options: AddOptions = {},
  ): Promise<AddResult> {
    // Others may use the rest of the buffer, which a transfer would take from them.
    const isWhole = request.byteLength === request.buffer.byteLength;
    const bytes = isWhole ? request : request.slice();
    this.pendingBytes += bytes.length;
    const { promise, resolve, reject } = Promise.withResolvers<AddResult>();
    this.#waiting.push({
      request: { signal, bytes, ...options },
      size: bytes.length,
      resolve,
      reject,
    });
    if (this.#batches < MAX_BATCHES) this.#sendBatch();
    return promise;
  }

  #sendBatch(): void {
    let size = 0;
    let count = 0;
    while (count < this.#waiting.length && size < MAX_BATCH_BYTES) {
      size += this.#waiting[count++]!.size;
    }
    const batch = this.#waiting.splice(0, count);
    this.#batches++;
    this.#send(batch.map(({ request }) => request)).then(
      (outcomes) => {
        this.#done(size);
        batch.forEach(({ resolve, reject }, i) => {
          const outcome = outcomes[i]!;
          if ("error" in outcome) reject(toError(outcome.error));
          else resolve(outcome.result);
        });
      },
      (error) => {
        this.#done(size);
        for (const { reject } of batch) reject(error);
      },
    );
  }

  #done(size: number): void {
    this.pendingBytes -= size;
    this.#batches--;
    if (this.#waiting.length > 0) this.#sendBatch();
  }
}

interface Waiting {
  request: AddRequest;
  /** Of its bytes, which are gone once they are sent. */
  size: number;
  resolve: (result: AddResult) => void;
  reject: (error: unknown) => void;
}
