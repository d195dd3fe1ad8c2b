import { Backoff, type BackoffOptions, isAskedToWait } from "../../backoff.ts";
import { sleep, within } from "../../time.ts";
import type { ForwardStats } from "../model.ts";
import type { PartialSuccess } from "../../otlp/export_response.ts";
import { ITEM_NAMES, itemCount, type Signal, SIGNALS } from "../../otlp/signal.ts";
import { ForwardQueue, type QueuedRequest, type RequestQueue } from "./forward_queue.ts";

/** Sends requests of one signal to the other endpoint. */
export interface ForwardTransport {
  /**
   * Sends one request. Resolves with what the endpoint reports as rejected.
   *
   * @throws {ForwardError} If it was not accepted.
   */
  send(body: Uint8Array<ArrayBuffer>, timeoutMillis: number): Promise<PartialSuccess>;
  /** Closes the connections. */
  shutdown(): void;
}

/** Why a request was not accepted. The request is retried unless the error says otherwise. */
export interface ForwardError extends Error {
  retryable?: boolean;
  /** How long the endpoint asks the client to wait. */
  retryAfterMillis?: number | undefined;
}

/** Options of {@linkcode Forwarder}. */
export interface ForwarderOptions {
  /** The endpoint, for messages and counts; without credentials. */
  url: string;
  transports: Record<Signal, ForwardTransport>;
  /** Receives a message when sending starts to fail, and another when it works again. */
  report: (message: string) => void;
  /** What to do about an endpoint that fails, for messages. Default: to choose another with `--forward`. */
  advice?: string;
  /** Whether nobody else stores the requests; messages promise otherwise. Default: false. */
  isOnlyCopy?: boolean;
  maxQueuedBytes?: number;
  /** Default: a queue in memory. The forwarder closes it. */
  queue?: RequestQueue;
  /** The time limit of one attempt. */
  timeoutMillis?: number;
  /**
   * A request is abandoned after this time, or after a longer pause that the endpoint asks for. With a
   * durable queue, none is.
   */
  maxElapsedMillis?: number;
  backoff?: BackoffOptions;
}

const MAX_QUEUED_BYTES = 32 * 1024 * 1024;
const TIMEOUT_MS = 10_000;
const MAX_ELAPSED_MS = 300_000;
const ADVICE = "check the endpoint, or choose another with --forward";
const BACKOFF = { firstMillis: 1000, maxMillis: 30_000 };

/**
 * Forwards received requests, in order per signal. Requests that can't be sent wait in a bounded queue, which
 * drops the oldest first; receivers never wait for the endpoint.
 */
export class Forwarder {
  readonly #options: Required<Omit<ForwarderOptions, "queue">>;
  readonly #queue: RequestQueue;
  /** For each signal, the running loop that empties its queue. */
  readonly #loops = new Map<Signal, Promise<void>>();
  readonly #ending = new AbortController();
  readonly #inFlight = new Set<QueuedRequest>();
  #sentRequests = 0;
  #failedRequests = 0;
  #droppedRequests = 0;
  readonly #rejectedItems: Record<Signal, number> = { traces: 0, metrics: 0, logs: 0 };
  /** How many requests had been dropped at the last report; undefined if there was none. */
  #droppedBefore: number | undefined;
  #lastError: string | undefined;
  #shutdown: Promise<void> | undefined;
  #isClosed = false;
  readonly #troubled = new Set<Signal>();

  constructor({ queue, ...options }: ForwarderOptions) {
    this.#options = {
      maxQueuedBytes: MAX_QUEUED_BYTES,
      timeoutMillis: TIMEOUT_MS,
      maxElapsedMillis: MAX_ELAPSED_MS,
      backoff: BACKOFF,
      advice: ADVICE,
      isOnlyCopy: false,
      ...options,
      ...queue?.isDurable && { maxElapsedMillis: Infinity },
    };
    this.#queue = queue ?? new ForwardQueue(this.#options.maxQueuedBytes);
    for (const signal of SIGNALS) if (this.#queue.has(signal)) this.#start(signal);
  }

  /** How many requests wait or are being sent. */
  get queuedRequests(): number {
    return this.#queue.length + this.#inFlight.size;
  }

  /** The counts of all requests so far. */
  get stats(): ForwardStats {
    return {
      url: this.#options.url,
      sentRequests: this.#sentRequests,
      failedRequests: this.#failedRequests,
      droppedRequests: this.#droppedRequests,
      rejectedItems: { ...this.#rejectedItems },
      queuedBytes: this.#queue.bytes + (this.#queue.isDurable ? 0 : this.#inFlightBytes()),
      ...this.#lastError !== undefined && { lastError: this.#lastError },
    };
  }

  /**
   * Secures a request that is about to be stored, if the queue is durable. Follow with `forward` or `cancel`.
   *
   * @throws {Error} If a durable queue could not store it.
   */
  reserve(signal: Signal, body: Uint8Array<ArrayBuffer>): number | undefined {
    return this.#isClosed ? undefined : this.#queue.reserve(signal, body);
  }

  /** Takes back what `reserve` did: the request was not stored. */
  cancel(reserved: number | undefined): void {
    if (!this.#isClosed) this.#queue.cancel(reserved);
  }

  /**
   * Queues a request in protobuf with this many items. The bytes must not change afterward. Never waits.
   *
   * @throws {Error} If a durable queue could not store it.
   */
  forward(
    signal: Signal,
    body: Uint8Array<ArrayBuffer>,
    count: number,
    reserved?: number,
  ): void {
    if (this.#isClosed || this.#ending.signal.aborted && !this.#queue.isDurable) {
      this.#droppedRequests++;
      return;
    }
    this.#drop(this.#queue.add(signal, body, count, reserved));
    this.#start(signal);
  }

  /** Resolves when the queue is empty: every request was sent, abandoned or dropped. */
  async forceFlush(): Promise<void> {
    while (this.#loops.size > 0) await Promise.all(this.#loops.values());
  }

  /**
   * Flushes the queue within the given time, with one attempt per request. Drops the rest, unless the queue
   * is durable.
   */
  shutdown(timeoutMillis: number): Promise<void> {
    return this.#shutdown ??= this.#end(timeoutMillis);
  }

  async #end(timeoutMillis: number): Promise<void> {
    this.#ending.abort();
    await within(timeoutMillis, this.forceFlush());
    this.#isClosed = true;
    if (!this.#queue.isDurable) {
      this.#droppedRequests += this.#queue.length;
      this.#failedRequests += this.#inFlight.size;
      for (const signal of SIGNALS) while (this.#queue.take(signal));
    }
    this.#inFlight.clear();
    this.#queue.close();
    for (const signal of SIGNALS) this.#options.transports[signal].shutdown();
  }

  #start(signal: Signal): void {
    if (this.#loops.has(signal)) return;
    const loop = this.#empty(signal)
      .catch((error: Error) => this.#tell(signal, error.message, undefined))
      .finally(() => this.#loops.delete(signal));
    this.#loops.set(signal, loop);
  }

  async #empty(signal: Signal): Promise<void> {
    for (let request; (request = this.#queue.take(signal));) {
      this.#inFlight.add(request);
      const result = await this.#send(request);
      // Requests in flight at the deadline have already been counted.
      if (!this.#inFlight.delete(request)) return;
      // A durable queue has it for the next start, and what is queued behind it.
      if (result === "unsent" && this.#queue.isDurable) return;
      this.#queue.done(request);
      if (result === "sent") this.#sentRequests++;
      else this.#failedRequests++;
    }
  }

  #inFlightBytes(): number {
    return [...this.#inFlight].reduce((sum, { body }) => sum + body.length, 0);
  }

  /** "unsent" could be sent later, if there is a later. */
  async #send({ signal, body, count }: QueuedRequest): Promise<"sent" | "unsent" | "refused"> {
    const { transports, timeoutMillis, maxElapsedMillis } = this.#options;
    const giveUpAt = Date.now() + maxElapsedMillis;
    const backoff = new Backoff(this.#options.backoff);
    while (true) {
      const isLastTry = this.#ending.signal.aborted;
      try {
        this.#note(signal, count, await transports[signal].send(body, timeoutMillis));
        this.#recover(signal);
        return "sent";
      } catch (error) {
        const { message, retryable = true, retryAfterMillis } = error as ForwardError;
        const isTooLate = Date.now() > giveUpAt;
        this.#tell(signal, message, retryAfterMillis);
        if (!retryable) return "refused";
        if (isLastTry) return "unsent";
        const waitMillis = backoff.next(retryAfterMillis);
        // Never shorten a pause that the endpoint asks for, not even for later requests.
        const isPause = isAskedToWait(retryAfterMillis);
        if (!isPause && Date.now() + waitMillis > giveUpAt) return "unsent";
        await sleep(waitMillis, this.#ending.signal);
        if (isTooLate) return "unsent";
      }
    }
  }

  /** Counts rejected items, and reports them once per signal. */
  #note(signal: Signal, count: number, { rejected, message }: PartialSuccess): void {
    if (rejected <= 0) return;
    const isFirst = this.#rejectedItems[signal] === 0;
    // The endpoint's number can be wrong: it can't reject more items than it got.
    const items = Math.min(rejected, count);
    this.#rejectedItems[signal] += items;
    const reason = message === "" ? "without a reason" : message;
    this.#lastError = `${signal}: ${itemCount(items, signal)} rejected: ${reason}`;
    if (!isFirst) return;
    const { url, report, isOnlyCopy } = this.#options;
    const of = Number.isFinite(count) ? ` of ${count}` : "";
    report(
      `Some ${ITEM_NAMES[signal]} are not forwarded: ${url} rejected ${items}${of}: ${reason}. ` +
        `They are not sent again${isOnlyCopy ? "" : ", but the collector keeps them"}`,
    );
  }

  #drop(count: number): void {
    if (count > 0 && this.#droppedBefore === undefined) {
      this.#droppedBefore = this.#droppedRequests;
      const { url, report, maxQueuedBytes, isOnlyCopy } = this.#options;
      report(
        `Dropping the oldest queued requests for ${url}: ` +
          `their queue has ${(maxQueuedBytes / 2 ** 20).toFixed()} MiB, which is the limit` +
          (isOnlyCopy ? "" : ". The collector keeps what it received"),
      );
    }
    this.#droppedRequests += count;
  }

  #tell(signal: Signal, reason: string, retryAfterMillis: number | undefined): void {
    const isNew = this.#troubled.size === 0;
    this.#troubled.add(signal);
    this.#lastError = `${signal}: ${reason}`;
    if (!isNew || this.#ending.signal.aborted) return;
    const { url, report, advice } = this.#options;
    const pause = isAskedToWait(retryAfterMillis)
      ? `, and asks to wait ${Math.ceil(retryAfterMillis / 1000)} s`
      : "";
    report(
      `Cannot forward ${signal} to ${url}: ${reason}${pause}. The collector keeps receiving, and retries what may be ` +
        `sent again; ${advice}`,
    );
  }

  #recover(signal: Signal): void {
    if (!this.#troubled.delete(signal) || this.#troubled.size > 0) return;
    const dropped = this.#droppedRequests - (this.#droppedBefore ?? this.#droppedRequests);
    this.#droppedBefore = undefined;
    this.#options.report(
      `Forwarding to ${this.#options.url} works again` +
        (dropped > 0 ? `; ${dropped} requests were dropped meanwhile` : ""),
    );
  }
}
