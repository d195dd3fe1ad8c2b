import type { Signal } from "../../../otlp/signal.ts";
import type { AddOptions, AddResult } from "../store.ts";
import type { AddOutcome, AddRequest } from "./store_calls.ts";
import { isLong } from "./long_requests.ts";
import { toError } from "./worker_calls.ts";

/** Two, so that the next batch is ready when the worker finishes one. */
const MAX_BATCHES = 2;
/** Small enough that a question does not wait long. */
const MAX_BATCH_BYTES = 4 * 2 ** 20;

/**
 * Sends requests to the worker in batches. Requests that arrive while the worker is busy share one
 * message and one transaction, so the cost per request falls under load. Long requests have a queue of
 * their own, so that short ones do not wait for them.
 */
export class AddQueue {
  /** Bytes of requests that are not stored yet. */
  pendingBytes = 0;
  readonly #send: (requests: AddRequest[]) => Promise<AddOutcome[]>;
  readonly #short: Lane = {
    waiting: [],
    batches: 0,
    maxBatches: MAX_BATCHES,
    maxBytes: MAX_BATCH_BYTES,
  };
  /** Long requests go one at a time: the worker handles each in parts, between the others. */
  readonly #long: Lane = { waiting: [], batches: 0, maxBatches: 1, maxBytes: 1 };

  constructor(send: (requests: AddRequest[]) => Promise<AddOutcome[]>) {
    this.#send = send;
  }

  add(
    signal: Signal,
    request: Uint8Array<ArrayBuffer>,
    options: AddOptions = {},
  ): Promise<AddResult> {
    // A transfer would also take the rest of the buffer, which others may use.
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

/** Requests that are sent in order. */
interface Lane {
  waiting: Waiting[];
  /** How many batches are being processed. */
  batches: number;
  readonly maxBatches: number;
  /** A batch of this many bytes is full. */
  readonly maxBytes: number;
}

interface Waiting {
  request: AddRequest;
  /** The request's size; its bytes are no longer there once sent. */
  size: number;
  resolve: (result: AddResult) => void;
  reject: (error: unknown) => void;
}
