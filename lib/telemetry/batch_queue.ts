import { context, ROOT_CONTEXT } from "@opentelemetry/api";
import { suppressTracing } from "@opentelemetry/core";
import type { PartialSuccess } from "../otlp/export_response.ts";
import type { Delivery } from "./delivery.ts";
import { NO_ANSWER } from "../connection_failure.ts";
import { inTime } from "../time.ts";
import { TransportError } from "./otlp/transport.ts";

/** Options of {@linkcode BatchQueue}: the OTEL_BSP_* or OTEL_BLRP_* settings. */
export interface BatchOptions {
  scheduledDelayMillis: number;
  /** Infinity is no limit. */
  exportTimeoutMillis: number;
  maxQueueSize: number;
  maxExportBatchSize: number;
  /** Called with each timer for a batch that waits; it may let a program end meanwhile that flushes then. */
  onTimer?: (timer: unknown) => void;
}

/** Collects items and sends them together. */
export interface OutgoingBatch<T> {
  /** @throws {Error} If the item cannot be encoded. */
  add(item: T): void;
  /**
   * Sends the items that were added.
   *
   * @throws {Error} If they were not accepted within the time.
   */
  send(timeoutMillis: number): Promise<PartialSuccess>;
}

/** Sends batches to one place, and says how many at a time. */
export interface BatchExporter<T> {
  /** How many batches may be on their way at a time. */
  readonly maxConcurrentRequests: number;
  createBatch(): OutgoingBatch<T>;
  /** Closes the connection; what is in flight is lost. */
  shutdown(): void;
}

/** What an export does is not traced. It belongs to no request either, whichever made it due. */
const EXPORTING = suppressTracing(ROOT_CONTEXT);

/** Items that travel together. */
interface Batch<T> {
  outgoing: OutgoingBatch<T>;
  count: number;
  /** Resolves when it is sent or lost. */
  settled: PromiseWithResolvers<void>;
}

/**
 * So many items are encoded together: by then the code that encodes is where the processor needs it,
 * which it is not after each single request. Many more would only be kept alive for longer.
 */
const CHUNK_ITEMS = 32;

/** Why an item is lost that comes after the end. */
const TOO_LATE = "too late, the program was ending";

/**
 * The queue of the specification's batching processors: items wait until a batch is full or the
 * delay is over. What does not fit into the queue is dropped. Whatever happens to an item, the
 * {@linkcode Delivery} knows, once.
 *
 * Batches are handed to the exporter one after the other, never two at once, as the specification
 * wants of a processor. How many of them may be on their way is the exporter's to say: the
 * specification leaves concurrent requests to it. A server that is silent or has trouble gets one at a
 * time.
 *
 * @see https://opentelemetry.io/docs/specs/otel/trace/sdk/#batching-processor
 * @see https://opentelemetry.io/docs/specs/otel/trace/sdk/#exportbatch
 */
export class BatchQueue<T> {
  readonly #exporter: BatchExporter<T>;
  readonly #delivery: Delivery;
  readonly #options: BatchOptions;
  readonly #waiting: Batch<T>[] = [];
  readonly #inFlight = new Set<Batch<T>>();
  #current: Batch<T> | undefined;
  /** Items for the current batch that are not encoded yet. */
  readonly #fresh: T[] = [];
  #queued = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ended: Promise<void> | undefined;

  constructor(exporter: BatchExporter<T>, delivery: Delivery, options: BatchOptions) {
    this.#exporter = exporter;
    this.#delivery = delivery;
    this.#options = options;
  }

  /** Takes an item. Never throws: whoever made it is the app, which telemetry must not break. */
  add(item: T): void {
    this.#delivery.add();
    if (this.#ended) return this.#delivery.lose(1, TOO_LATE);
    if (this.#queued >= this.#options.maxQueueSize) return this.#delivery.drop();
    this.#queued++;
    this.#fresh.push(item);
    const count = (this.#current?.count ?? 0) + this.#fresh.length;
    if (count >= this.#options.maxExportBatchSize) {
      this.#closeBatch();
      this.#sendWaiting();
      return;
    }
    if (this.#fresh.length >= CHUNK_ITEMS) this.#encode();
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => this.forceFlush(), this.#options.scheduledDelayMillis);
    this.#options.onTimer?.(this.#timer);
  }

  /** Sends what waits now; resolves when it is sent or lost. */
  async forceFlush(): Promise<void> {
    this.#closeBatch();
    const batches = [...this.#inFlight, ...this.#waiting];
    this.#sendWaiting();
    await Promise.all(batches.map(({ settled }) => settled.promise));
  }

  /** Sends what waits and closes the connection; items that come later are lost. */
  shutdown(): Promise<void> {
    return this.#ended ??= (async () => {
      await this.forceFlush();
      this.#exporter.shutdown();
    })();
  }

  #createBatch(): Batch<T> {
    const outgoing = this.#exporter.createBatch();
    return { outgoing, count: 0, settled: Promise.withResolvers() };
  }

  /** Encodes what is fresh. */
  #encode(): void {
    const current = this.#current ?? this.#createBatch();
    for (const item of this.#fresh) {
      try {
        current.outgoing.add(item);
        current.count++;
      } catch (error) {
        this.#queued--;
        this.#delivery.lose(1, error);
      }
    }
    this.#fresh.length = 0;
    if (current.count > 0) this.#current = current;
  }

  #closeBatch(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#fresh.length > 0) this.#encode();
    if (this.#current) this.#waiting.push(this.#current);
    this.#current = undefined;
  }

  /** Sends the batches that wait, as many at a time as may be on their way. */
  #sendWaiting(): void {
    const { maxConcurrentRequests } = this.#exporter;
    while (this.#inFlight.size < this.#delivery.maxInFlight(maxConcurrentRequests)) {
      const next = this.#waiting.shift();
      if (!next) return;
      this.#queued -= next.count;
      this.#inFlight.add(next);
      this.#delivery.settle(next.count, this.#send(next)).then(() => {
        this.#inFlight.delete(next);
        next.settled.resolve();
        this.#sendWaiting();
      });
    }
  }

  /**
   * Waits for the batch, but no longer than the export may take.
   *
   * @throws {Error} If it was not accepted.
   */
  async #send({ outgoing }: Batch<T>): Promise<PartialSuccess> {
    const { exportTimeoutMillis } = this.#options;
    const sent = context.with(EXPORTING, () => outgoing.send(exportTimeoutMillis));
    const late = () => new TransportError(NO_ANSWER, { retryable: true });
    return await inTime(exportTimeoutMillis, sent, late);
  }
}
