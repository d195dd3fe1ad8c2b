import { TraceFlags } from "@opentelemetry/api";
import type { ReadableSpan, SpanProcessor } from "@opentelemetry/sdk-trace-base";
import type { BatchQueue } from "../batch_queue.ts";

/**
 * The specification's batching processor, with one difference from the SDK's: a span may be encoded soon after
 * it ends, so that it need not be kept until its batch is sent.
 */
export class QueueSpanProcessor implements SpanProcessor {
  readonly #queue: BatchQueue<ReadableSpan>;

  constructor(queue: BatchQueue<ReadableSpan>) {
    this.#queue = queue;
  }

  onStart(): void {}

  onEnd(span: ReadableSpan): void {
    if (span.spanContext().traceFlags & TraceFlags.SAMPLED) this.#queue.add(span);
  }

  forceFlush(): Promise<void> {
    return this.#queue.forceFlush();
  }

  shutdown(): Promise<void> {
    return this.#queue.shutdown();
  }
}
