import type { Signal } from "../../otlp/signal.ts";
import { Lines } from "./lines.ts";

/** A request that waits to be forwarded. */
export interface QueuedRequest {
  signal: Signal;
  /** In protobuf. */
  body: Uint8Array<ArrayBuffer>;
  /** The number of its spans, data points or log records; Infinity if unknown. */
  count: number;
  /** Its position in arrival order, across signals. */
  sequence: number;
}

/** Per-signal queues of requests in arrival order, with a limit on their total size. */
export interface RequestQueue {
  /** Whether its requests outlive the process. */
  readonly isDurable: boolean;
  /** The total size of the queued requests; of a durable queue, also of those that aren't done. */
  readonly bytes: number;
  /** The number of queued requests. */
  readonly length: number;
  /** Whether a request of the signal is queued. */
  has(signal: Signal): boolean;
  /**
   * Call it before the request is stored elsewhere: whatever happens then, a durable queue has it after a
   * restart. Returns undefined if the queue isn't durable.
   */
  reserve(signal: Signal, body: Uint8Array<ArrayBuffer>): number | undefined;
  /** Takes a reserved request out again. */
  cancel(reserved: number | undefined): void;
  /**
   * Appends a request; returns how many of the oldest were dropped to make room.
   *
   * @param reserved What `reserve` returned for the same bytes.
   */
  add(signal: Signal, body: Uint8Array<ArrayBuffer>, count: number, reserved?: number): number;
  /** Removes the oldest request of a signal. A durable queue returns it again after a restart unless it is done. */
  take(signal: Signal): QueuedRequest | undefined;
  /** Call it once a request that was taken needs no more attempt. */
  done(request: QueuedRequest): void;
  close(): void;
}

/** The overhead of a request besides its bytes. */
export const ENTRY_BYTES = 256;

/** A queue in memory. */
export class ForwardQueue implements RequestQueue {
  readonly isDurable = false;
  readonly #maxBytes: number;
  readonly #lines = new Lines<QueuedRequest>();
  #bytes = 0;
  #sequence = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get length(): number {
    return this.#lines.length;
  }

  has(signal: Signal): boolean {
    return this.#lines.has(signal);
  }

  reserve(): undefined {}

  cancel(): void {}

  add(signal: Signal, body: Uint8Array<ArrayBuffer>, count: number): number {
    this.#lines.add({ signal, body, count, sequence: this.#sequence++ });
    this.#bytes += sizeOf(body);
    let dropped = 0;
    while (this.#bytes > this.#maxBytes) {
      this.take(this.#lines.oldest!.signal);
      dropped++;
    }
    return dropped;
  }

  take(signal: Signal): QueuedRequest | undefined {
    const request = this.#lines.take(signal);
    if (request) this.#bytes -= sizeOf(request.body);
    return request;
  }

  /** Nothing to do: what was taken is gone. */
  done(): void {}

  close(): void {}
}

function sizeOf(body: Uint8Array): number {
  return body.length + ENTRY_BYTES;
}
