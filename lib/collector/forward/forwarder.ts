import { Backoff, type BackoffOptions } from "../../backoff.ts";
import { sleep, within } from "../../time.ts";
import type { ForwardStats } from "../model.ts";
import { type Signal, SIGNALS } from "../../otlp/signal.ts";
import { ForwardQueue, type QueuedRequest } from "./forward_queue.ts";

/** Carries requests of one signal to the other endpoint. */
export interface ForwardTransport {
  /**
   * Sends one request; resolves with the body of the answer.
   *
   * @throws {ForwardError} If it was not accepted.
   */
  send(body: Uint8Array<ArrayBuffer>, timeoutMillis: number): Promise<Uint8Array>;
  /** Closes the connections. */
  shutdown(): void;
}

/** Why a request was not accepted; what says nothing of retries is tried again. */
export interface ForwardError extends Error {
  retryable?: boolean;
  /** How long the endpoint asks to wait. */
  retryAfterMillis?: number | undefined;
}

/** Options of {@linkcode Forwarder}. */
export interface ForwarderOptions {
  /** For messages and counts; without credentials. */
  url: string;
  transports: Record<Signal, ForwardTransport>;
  /** Takes a message when sending starts to fail, and one when it works again. */
  report: (message: string) => void;
  maxQueuedBytes?: number;
  /** For one try. */
  timeoutMillis?: number;
  /** After so long a request is given up. */
  maxElapsedMillis?: number;
  backoff?: BackoffOptions;
}

const MAX_QUEUED_BYTES = 32 * 1024 * 1024;
const TIMEOUT_MS = 10_000;
const MAX_ELAPSED_MS = 300_000;
const BACKOFF = { firstMillis: 1000, maxMillis: 30_000 };

/**
 * Passes on what was received, in the order of each signal. What cannot be sent waits in a queue of
 * bounded size, from which the oldest goes first; nothing here is ever felt by who receives.
 */
export class Forwarder {
  readonly #options: Required<ForwarderOptions>;
  readonly #queue: ForwardQueue;
  /** The loop that empties each signal's line, while it runs. */
  readonly #loops = new Map<Signal, Promise<void>>();
  readonly #ending = new AbortController();
  readonly #inFlight = new Set<QueuedRequest>();
  #sentRequests = 0;
  #failedRequests = 0;
  #droppedRequests = 0;
  #lastError: string | undefined;
  #shutdown: Promise<void> | undefined;
  readonly #troubled = new Set<Signal>();

  constructor(options: ForwarderOptions) {
    this.#options = {
      maxQueuedBytes: MAX_QUEUED_BYTES,
      timeoutMillis: TIMEOUT_MS,
      maxElapsedMillis: MAX_ELAPSED_MS,
      backoff: BACKOFF,
      ...options,
    };
    this.#queue = new ForwardQueue(this.#options.maxQueuedBytes);
  }

  /** What became of all requests so far. */
  get stats(): ForwardStats {
    return {
      url: this.#options.url,
      sentRequests: this.#sentRequests,
      failedRequests: this.#failedRequests,
      droppedRequests: this.#droppedRequests,
      queuedBytes: this.#queue.bytes + this.#inFlightBytes(),
      ...this.#lastError !== undefined && { lastError: this.#lastError },
    };
  }

  /** Takes a request, in protobuf, that is not changed any more. Never throws and never waits. */
  forward(signal: Signal, body: Uint8Array<ArrayBuffer>): void {
    if (this.#ending.signal.aborted) {
      this.#droppedRequests++;
      return;
    }
    this.#droppedRequests += this.#queue.add(signal, body);
    if (this.#loops.has(signal)) return;
    this.#loops.set(signal, this.#empty(signal).finally(() => this.#loops.delete(signal)));
  }

  /** Resolves when nothing waits any more: everything was sent, given up or dropped. */
  async forceFlush(): Promise<void> {
    while (this.#loops.size > 0) await Promise.all(this.#loops.values());
  }

  /** Sends what waits, each request once more and no longer than given; the rest is dropped. */
  shutdown(timeoutMillis: number): Promise<void> {
    return this.#shutdown ??= this.#end(timeoutMillis);
  }

  async #end(timeoutMillis: number): Promise<void> {
    this.#ending.abort();
    await within(timeoutMillis, this.forceFlush());
    this.#droppedRequests += this.#queue.length;
    this.#failedRequests += this.#inFlight.size;
    this.#inFlight.clear();
    for (const signal of SIGNALS) {
      while (this.#queue.take(signal));
      this.#options.transports[signal].shutdown();
    }
  }

  async #empty(signal: Signal): Promise<void> {
    for (let request; (request = this.#queue.take(signal));) {
      this.#inFlight.add(request);
      const isSent = await this.#send(request);
      // What was in flight when the time was over is counted already.
      if (!this.#inFlight.delete(request)) return;
      if (isSent) this.#sentRequests++;
      else this.#failedRequests++;
    }
  }

  #inFlightBytes(): number {
    return [...this.#inFlight].reduce((sum, { body }) => sum + body.length, 0);
  }

  async #send({ signal, body }: QueuedRequest): Promise<boolean> {
    const { transports, timeoutMillis, maxElapsedMillis } = this.#options;
    const giveUpAt = Date.now() + maxElapsedMillis;
    const backoff = new Backoff(this.#options.backoff);
    while (true) {
      const isLastTry = this.#ending.signal.aborted;
      try {
        await transports[signal].send(body, timeoutMillis);
        this.#recover(signal);
        return true;
      } catch (error) {
        const { message, retryable = true, retryAfterMillis } = error as ForwardError;
        const waitMillis = retryAfterMillis ?? backoff.next();
        this.#tell(signal, message);
        if (!retryable || isLastTry || Date.now() + waitMillis > giveUpAt) return false;
        await sleep(waitMillis, this.#ending.signal);
      }
    }
  }

  #tell(signal: Signal, reason: string): void {
    const isNew = this.#troubled.size === 0;
    this.#troubled.add(signal);
    this.#lastError = `${signal}: ${reason}`;
    if (!isNew || this.#ending.signal.aborted) return;
    const { url, report } = this.#options;
    report(
      `Cannot forward ${signal} to ${url}: ${reason}. Receiving goes on, and what may be sent again ` +
        "is; check the endpoint, or choose another with --forward",
    );
  }

  #recover(signal: Signal): void {
    if (!this.#troubled.delete(signal) || this.#troubled.size > 0) return;
    this.#options.report(`Forwarding to ${this.#options.url} works again`);
  }
}
