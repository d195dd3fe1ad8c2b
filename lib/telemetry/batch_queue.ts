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
  /** Called with each timer for a waiting batch. A program that flushes on exit may unref it. */
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

/** Sends batches to one place and limits how many are in flight. */
export interface BatchExporter<T> {
  /** The number of batches that may be in flight at the same time. */
  readonly maxConcurrentRequests: number;
  createBatch(): OutgoingBatch<T>;
  /** Closes the connection. Requests in flight are lost. */
  shutdown(): void;
}

/** Exports are not traced, and don't belong to the request that triggered them. */
const EXPORTING = suppressTracing(ROOT_CONTEXT);

/** Items that are sent together. */
interface Batch<T> {
  outgoing: OutgoingBatch<T>;
  count: number;
  /** Resolves when it is sent or lost. */
  settled: PromiseWithResolvers<void>;
}

/**
 * Encode items in groups of this size: the processor then has the encoding code in its caches, which it doesn't
 * after each single request. Larger groups would only keep items alive longer.
 */
const CHUNK_ITEMS = 32;

/** The reason for losing an item that is added after shutdown. */
const TOO_LATE = "added while the program was ending";

/**
 * The queue of the specification's batching processors: items wait until a batch is full or the delay has
 * passed. Items that don't fit into the queue are dropped. The fate of each item is reported to the {@linkcode
 * Delivery} exactly once.
 *
 * Batches are handed to the exporter one after the other, never two at once, as the specification requires of a
 * processor. The exporter decides how many may be in flight: the specification leaves concurrent requests to
 * it. A server that is silent or in trouble gets one at a time.
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

  /** Adds an item. Never throws, because the caller is the app, which telemetry must not break. */
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

  /** Flushes the queue; resolves when everything is sent or lost. */
  async forceFlush(): Promise<void> {
    this.#closeBatch();
    const batches = [...this.#inFlight, ...this.#waiting];
    this.#sendWaiting();
    await Promise.all(batches.map(({ settled }) => settled.promise));
  }

  /** Flushes the queue and closes the connection. Items added later are lost. */
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

  /** Encodes the new items. */
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

  /** Sends the waiting batches, as many at a time as may be in flight. */
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
   * Waits for the batch, at most for the export timeout.
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
