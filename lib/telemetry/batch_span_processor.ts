import { context, TraceFlags } from "@opentelemetry/api";
import { suppressTracing } from "@opentelemetry/core";
import type { ReadableSpan, SpanProcessor } from "@opentelemetry/sdk-trace-base";
import type { Delivery } from "./delivery.ts";
import type { OtlpSender } from "./otlp/otlp_sender.ts";
import type { SpanEncoder, SpanEncoding } from "./otlp/span_encoder.ts";

/** Options of {@linkcode EncodingBatchSpanProcessor}: the OTEL_BSP_* settings. */
export interface BatchOptions {
  scheduledDelayMillis: number;
  /** Infinity is no limit. */
  exportTimeoutMillis: number;
  maxQueueSize: number;
  maxExportBatchSize: number;
}

/** Spans that wait, already encoded. */
interface Batch {
  encoder: SpanEncoder;
  count: number;
}

/**
 * The specification's batching processor, with one difference from the SDK's: a span is encoded when
 * it ends, and not kept until its batch is sent. What does not fit into the queue is dropped, and the
 * {@linkcode Delivery} knows.
 *
 * @see https://opentelemetry.io/docs/specs/otel/trace/sdk/#batching-processor
 */
export class EncodingBatchSpanProcessor implements SpanProcessor {
  readonly #encoding: SpanEncoding;
  readonly #sender: OtlpSender;
  readonly #delivery: Delivery;
  readonly #options: BatchOptions;
  readonly #waiting: Batch[] = [];
  #current: Batch | undefined;
  #queued = 0;
  #timer: number | undefined;
  #sending: Promise<void> | undefined;
  #ended: Promise<void> | undefined;

  constructor(
    { encoding, sender, delivery, options }: {
      encoding: SpanEncoding;
      sender: OtlpSender;
      delivery: Delivery;
      options: BatchOptions;
    },
  ) {
    this.#encoding = encoding;
    this.#sender = sender;
    this.#delivery = delivery;
    this.#options = options;
  }

  onStart(): void {}

  onEnd(span: ReadableSpan): void {
    if (!(span.spanContext().traceFlags & TraceFlags.SAMPLED) || this.#ended) return;
    this.#delivery.add();
    if (this.#queued >= this.#options.maxQueueSize) return this.#delivery.drop();
    const batch = this.#current ?? { encoder: this.#encoding.createEncoder(), count: 0 };
    try {
      batch.encoder.add(span);
    } catch (error) {
      // Whoever ended the span is the app, which telemetry must not break.
      return this.#delivery.fail(error);
    }
    this.#current = batch;
    this.#queued++;
    if (++batch.count >= this.#options.maxExportBatchSize) {
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

  /** Sends what waits and closes the connection; spans that end later are not taken. */
  shutdown(): Promise<void> {
    return this.#ended ??= (async () => {
      await this.forceFlush();
      this.#sender.shutdown();
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
    for (let batch; (batch = this.#waiting.shift());) {
      this.#queued -= batch.count;
      await this.#sendBatch(batch).catch((error) => this.#delivery.fail(error));
    }
    this.#sending = undefined;
  }

  /** Waits for the batch, but no longer than the export may take. */
  async #sendBatch({ encoder, count }: Batch): Promise<void> {
    const sent = context.with(
      suppressTracing(context.active()),
      () => this.#sender.send(encoder.finish(), count),
    );
    const { exportTimeoutMillis } = this.#options;
    if (exportTimeoutMillis === Infinity) return await sent;
    const { promise: timeout, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, exportTimeoutMillis);
    await Promise.race([sent, timeout]);
    clearTimeout(timer);
  }
}
