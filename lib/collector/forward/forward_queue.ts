import { type Signal, SIGNALS } from "../../otlp/signal.ts";

/** A request that waits to be forwarded. */
export interface QueuedRequest {
  signal: Signal;
  /** In protobuf. */
  body: Uint8Array<ArrayBuffer>;
  /** The number of its spans, data points or log records. */
  count: number;
  /** Its position in arrival order, across signals. */
  sequence: number;
}

/** The overhead of a request besides its bytes. */
const ENTRY_BYTES = 256;

/** Per-signal queues of requests in arrival order, with a limit on their total size. */
export class ForwardQueue {
  readonly #maxBytes: number;
  readonly #lines = Object.fromEntries(
    SIGNALS.map((signal) => [signal, new Line()]),
  ) as Record<Signal, Line>;
  #bytes = 0;
  #sequence = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** The total size of the queued requests. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The number of queued requests. */
  get length(): number {
    return SIGNALS.reduce((sum, signal) => sum + this.#lines[signal].length, 0);
  }

  /** Appends a request; returns how many of the oldest were dropped to make room. */
  add(signal: Signal, body: Uint8Array<ArrayBuffer>, count: number): number {
    this.#lines[signal].add({ signal, body, count, sequence: this.#sequence++ });
    this.#bytes += sizeOf(body);
    let dropped = 0;
    while (this.#bytes > this.#maxBytes) {
      this.take(this.#oldestSignal());
      dropped++;
    }
    return dropped;
  }

  /** Removes the oldest request of a signal. */
  take(signal: Signal): QueuedRequest | undefined {
    const request = this.#lines[signal].take();
    if (request) this.#bytes -= sizeOf(request.body);
    return request;
  }

  #oldestSignal(): Signal {
    const age = (signal: Signal) => this.#lines[signal].first?.sequence ?? Infinity;
    return SIGNALS.reduce((oldest, signal) => age(signal) < age(oldest) ? signal : oldest);
  }
}

/** First in, first out, without moving the rest each time. */
class Line {
  #requests: (QueuedRequest | undefined)[] = [];
  #start = 0;

  get length(): number {
    return this.#requests.length - this.#start;
  }

  get first(): QueuedRequest | undefined {
    return this.#requests[this.#start];
  }

  add(request: QueuedRequest): void {
    this.#requests.push(request);
  }

  take(): QueuedRequest | undefined {
    const request = this.first;
    if (!request) return undefined;
    this.#requests[this.#start++] = undefined;
    if (this.#start * 2 > this.#requests.length) {
      this.#requests = this.#requests.slice(this.#start);
      this.#start = 0;
    }
    return request;
  }
}

function sizeOf(body: Uint8Array): number {
  return body.length + ENTRY_BYTES;
}
