import type { Signal } from "../../../otlp/signal.ts";
import type { AddOptions, AddResult } from "../store.ts";
import type { AddOutcome, AddRequest } from "./store_calls.ts";
import { isLong } from "./long_requests.ts";
import { toError } from "./worker_calls.ts";

/** Two, so that the worker finds the next batch there when it is done with one. */
const MAX_BATCHES = 2;
/** So that a question waits for little. */
const MAX_BATCH_BYTES = 4 * 2 ** 20;

/**
 * Hands requests over in batches: what comes while the worker is busy goes together, as one message
 * and one transaction. The more there is to do, the less it costs. Long requests queue up apart, so
 * that short ones do not wait for them.
 */
export class AddQueue {
  /** Of requests that are not stored yet. */
  pendingBytes = 0;
  readonly #send: (requests: AddRequest[]) => Promise<AddOutcome[]>;
  readonly #short: Lane = {
    waiting: [],
    batches: 0,
    maxBatches: MAX_BATCHES,
    maxBytes: MAX_BATCH_BYTES,
  };
  /** The worker does them beside the others, a part at a time, and so one after the other. */
  readonly #long: Lane = { waiting: [], batches: 0, maxBatches: 1, maxBytes: 1 };

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
    const lane = isLong(bytes) ? this.#long : this.#short;
    lane.waiting.push({
      request: { signal, bytes, ...options },
      size: bytes.length,
      resolve,
      reject,
    });
    if (lane.batches < lane.maxBatches) this.#sendBatch(lane);
    return promise;
  }

  #sendBatch(lane: Lane): void {
    let size = 0;
    let count = 0;
    while (count < lane.waiting.length && size < lane.maxBytes) {
      size += lane.waiting[count++]!.size;
    }
    const batch = lane.waiting.splice(0, count);
    lane.batches++;
    this.#send(batch.map(({ request }) => request)).then(
      (outcomes) => {
        this.#done(lane, size);
        batch.forEach(({ resolve, reject }, i) => {
          const outcome = outcomes[i]!;
          if ("error" in outcome) reject(toError(outcome.error));
          else resolve(outcome.result);
        });
      },
      (error) => {
        this.#done(lane, size);
        for (const { reject } of batch) reject(error);
      },
    );
  }

  #done(lane: Lane, size: number): void {
    this.pendingBytes -= size;
    lane.batches--;
    if (lane.waiting.length > 0) this.#sendBatch(lane);
  }
}

/** Requests that are handed over in their order. */
interface Lane {
  waiting: Waiting[];
  /** Under way. */
  batches: number;
  readonly maxBatches: number;
  /** From so many on a batch is full. */
  readonly maxBytes: number;
}

interface Waiting {
  request: AddRequest;
  /** Of its bytes, which are gone once they are sent. */
  size: number;
  resolve: (result: AddResult) => void;
  reject: (error: unknown) => void;
}
