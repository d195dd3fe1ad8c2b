import { context, ROOT_CONTEXT } from "@opentelemetry/api";
import { suppressTracing } from "@opentelemetry/core";
import type { Delivery } from "./delivery.ts";

/** Options of {@linkcode BatchQueue}: the OTEL_BSP_* or OTEL_BLRP_* settings. */
export interface BatchOptions {
  scheduledDelayMillis: number;
  /** Infinity is no limit. */
  exportTimeoutMillis: number;
  maxQueueSize: number;
  maxExportBatchSize: number;
}

/** Collects items and sends them together. */
export interface OutgoingBatch<T> {
  /** @throws {Error} If the item cannot be encoded. */
  add(item: T): void;
  /**
   * Sends the so many items that were added; the books tell what became of them.
   *
   * @throws {Error} If they cannot be encoded together.
   */
  send(count: number): Promise<void>;
}

/** Where batches go. */
export interface BatchDestination<T> {
  createBatch(): OutgoingBatch<T>;
  /** Closes the connection; what is in flight is lost. */
  shutdown(): void;
}

/** What an export does is not traced. It belongs to no request either, whichever made it due. */
const EXPORTING = suppressTracing(ROOT_CONTEXT);

/** Items that wait. */
interface Waiting<T> {
  batch: OutgoingBatch<T>;
  count: number;
}

/**
 * The queue of the specification's batching processors: items wait until a batch is full or the
 * delay is over. What does not fit into the queue is dropped, and the {@linkcode Delivery} knows.
 *
 * @see https://opentelemetry.io/docs/specs/otel/trace/sdk/#batching-processor
 */
export class BatchQueue<T> {
  readonly #destination: BatchDestination<T>;
  readonly #delivery: Delivery;
  readonly #options: BatchOptions;
  readonly #waiting: Waiting<T>[] = [];
  #current: Waiting<T> | undefined;
  #queued = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sending: Promise<void> | undefined;
  #ended: Promise<void> | undefined;

  constructor(destination: BatchDestination<T>, delivery: Delivery, options: BatchOptions) {
    this.#destination = destination;
    this.#delivery = delivery;
    this.#options = options;
  }

  /** Takes an item. Never throws: whoever made it is the app, which telemetry must not break. */
  add(item: T): void {
    if (this.#ended) return;
    this.#delivery.add();
    if (this.#queued >= this.#options.maxQueueSize) return this.#delivery.drop();
    const current = this.#current ?? { batch: this.#destination.createBatch(), count: 0 };
    try {
      current.batch.add(item);
    } catch (error) {
      return this.#delivery.leaveOut(error);
    }
    this.#current = current;
    this.#queued++;
    if (++current.count >= this.#options.maxExportBatchSize) {
      this.#closeBatch();
      this.#sendWaiting();
    } else {
      this.#timer ??= setTimeout(() => this.forceFlush(), this.#options.scheduledDelayMillis);
    }
  }

  /** Sends what waits now; resolves when it is sent or lost. */
  async forceFlush(): Promise<void> {
    this.#closeBatch();
    await this.#sendWaiting();
  }

  /** Sends what waits and closes the connection; items that come later are not taken. */
  shutdown(): Promise<void> {
    return this.#ended ??= (async () => {
      await this.forceFlush();
      this.#destination.shutdown();
    })();
  }

  #closeBatch(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#current) this.#waiting.push(this.#current);
    this.#current = undefined;
  }

  /** Sends one batch after the other; a call while that goes on joins it. */
  async #sendWaiting(): Promise<void> {
    // Without a batch the loop would end before its promise is kept, and block all that come later.
    if (!this.#sending && this.#waiting.length > 0) this.#sending = this.#sendAll();
    await this.#sending;
  }

  async #sendAll(): Promise<void> {
    for (let next; (next = this.#waiting.shift());) {
      this.#queued -= next.count;
      await this.#sendBatch(next).catch((error) => this.#delivery.leaveOut(error));
    }
    this.#sending = undefined;
  }

  /** Waits for the batch, but no longer than the export may take. */
  async #sendBatch({ batch, count }: Waiting<T>): Promise<void> {
    const sent = context.with(EXPORTING, () => batch.send(count));
    const { exportTimeoutMillis } = this.#options;
    if (exportTimeoutMillis === Infinity) return await sent;
    const { promise: timeout, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, exportTimeoutMillis);
    try {
      await Promise.race([sent, timeout]);
    } finally {
      clearTimeout(timer);
    }
  }
}
