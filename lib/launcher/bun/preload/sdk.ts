import { context, propagation, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { type BatchExporter, BatchQueue } from "../../../telemetry/batch_queue.ts";
import { Delivery } from "../../../telemetry/delivery.ts";
import { PROTOBUF_ENCODING } from "../../../telemetry/otlp/span_encoder.ts";
import { TransportError } from "../../../telemetry/otlp/transport.ts";
import { createPropagator } from "../../../telemetry/propagation/propagator.ts";
import { createTracerProvider } from "../../../telemetry/traces/create_tracer_provider.ts";
import { QueueSpanProcessor } from "../../../telemetry/traces/queue_span_processor.ts";
import type { BunPreloadSettings } from "./settings.ts";

/** The launcher is on the same machine and accepts everything; it reports problems to the user itself. */
const CONCURRENT_REQUESTS = 4;

/** `fetch` before instrumentation. */
const send = globalThis.fetch;

/** Starts the SDK and returns a function that flushes it. */
export function startTraces(
  { tracesUrl, resource, configuration, batch }: BunPreloadSettings,
): () => Promise<void> {
  const report = () => {};
  const delivery = new Delivery({ signal: "traces", destination: tracesUrl, report });
  // A script ends when it is done, not when the batch is due, so it flushes at the end.
  const options = { ...batch, onTimer: (timer: unknown) => (timer as { unref(): void }).unref() };
  const queue = new BatchQueue(exporterTo(tracesUrl), delivery, options);
  const processor = new QueueSpanProcessor(queue);
  const provider = createTracerProvider(configuration, {
    resource: resourceFromAttributes(resource),
    spanProcessors: [processor],
    report,
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(createPropagator(configuration.propagator, report));
  trace.setGlobalTracerProvider(provider);
  return () => processor.forceFlush();
}

function exporterTo(
  url: string,
): BatchExporter<Parameters<ReturnType<typeof PROTOBUF_ENCODING.createEncoder>["add"]>[0]> {
  return {
    maxConcurrentRequests: CONCURRENT_REQUESTS,
    createBatch() {
      const encoder = PROTOBUF_ENCODING.createEncoder();
      return {
        add: (span) => encoder.add(span),
        async send(timeoutMillis) {
          const response = await send(url, {
            method: "POST",
            headers: { "content-type": "application/x-protobuf" },
            body: encoder.finish(),
            ...Number.isFinite(timeoutMillis) && { signal: AbortSignal.timeout(timeoutMillis) },
          });
          await response.arrayBuffer();
          if (!response.ok) {
            throw new TransportError(`HTTP ${response.status}`, { retryable: false });
          }
          return { rejected: 0, message: "" };
        },
      };
    },
    shutdown() {},
  };
}
