import { context, propagation, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { type BatchExporter, BatchQueue } from "../../../telemetry/batch_queue.ts";
import { Delivery } from "../../../telemetry/delivery.ts";
import { PROTOBUF_ENCODING } from "../../../telemetry/otlp/span_encoder.ts";
import { createPropagator } from "../../../telemetry/propagation/propagator.ts";
import { createTracerProvider } from "../../../telemetry/traces/create_tracer_provider.ts";
import { QueueSpanProcessor } from "../../../telemetry/traces/queue_span_processor.ts";
import { Outbox } from "./outbox.ts";
import type { BunPreloadSettings } from "./settings.ts";

/** The end of a program's traces. */
export interface TracesEnd {
  /** Sends what is queued. */
  flush(): Promise<void>;
  /** The same within the process's event `exit`. */
  sendAtExit(): void;
}

/** Starts the SDK. */
export function startTraces(
  { tracesUrl, resource, configuration, batch }: BunPreloadSettings,
): TracesEnd {
  const report = () => {};
  const delivery = new Delivery({ signal: "traces", destination: tracesUrl, report });
  // A script ends when it is done, not when the batch is due, so it flushes at the end.
  const options = { ...batch, onTimer: (timer: unknown) => (timer as { unref(): void }).unref() };
  const outbox = new Outbox(tracesUrl);
  const queue = new BatchQueue(exporterTo(outbox), delivery, options);
  const processor = new QueueSpanProcessor(queue);
  const provider = createTracerProvider(configuration, {
    resource: resourceFromAttributes(resource),
    spanProcessors: [processor],
    report,
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(createPropagator(configuration.propagator, report));
  trace.setGlobalTracerProvider(provider);
  return {
    flush: () => processor.forceFlush(),
    sendAtExit: () => outbox.sendAtExit(() => void processor.forceFlush()),
  };
}

function exporterTo(
  outbox: Outbox,
): BatchExporter<Parameters<ReturnType<typeof PROTOBUF_ENCODING.createEncoder>["add"]>[0]> {
  return {
    get maxConcurrentRequests() {
      return outbox.maxConcurrentRequests;
    },
    createBatch() {
      const encoder = PROTOBUF_ENCODING.createEncoder();
      return {
        add: (span) => encoder.add(span),
        async send(timeoutMillis) {
          await outbox.post(encoder.finish(), timeoutMillis);
          return { rejected: 0, message: "" };
        },
      };
    },
    shutdown() {},
  };
}
