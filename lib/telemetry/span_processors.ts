import {
  ConsoleSpanExporter,
  SimpleSpanProcessor,
  type SpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { EncodingBatchSpanProcessor } from "./batch_span_processor.ts";
import { Delivery, type Report } from "./delivery.ts";
import { OtlpSender } from "./otlp/otlp_sender.ts";
import { JSON_ENCODING, PROTOBUF_ENCODING } from "./otlp/span_encoder.ts";
import { type OtlpTarget, resolveOtlpTarget } from "./otlp/target.ts";
import type { Settings, SettingsReading } from "./settings.ts";
import { maskCredentials } from "./value_types.ts";

/** The way of finished spans to their exporters. */
export interface SpanPipeline {
  processors: SpanProcessor[];
  /** The books of each exporter that can lose something. */
  deliveries: Delivery[];
  /** The program is about to end: nothing is tried twice any more. */
  end(): void;
}

/**
 * Builds a processor for each exporter: the console's prints at once, the others work in batches.
 * What cannot be built is reported and left out.
 */
export async function createSpanPipeline(
  reading: SettingsReading,
  { report }: { report: Report },
): Promise<SpanPipeline> {
  const { settings } = reading;
  const pipeline: SpanPipeline = { processors: [], deliveries: [], end: () => {} };
  if (settings.OTEL_SDK_DISABLED) return pipeline;
  for (const name of settings.OTEL_TRACES_EXPORTER) {
    switch (name) {
      case "console":
        pipeline.processors.push(new SimpleSpanProcessor(new ConsoleSpanExporter()));
        break;
      case "otlp":
        try {
          await addOtlp(pipeline, settings, resolveOtlpTarget(reading, "traces"), report);
        } catch (error) {
          report(`Cannot send spans: ${(error as Error).message}. The app runs on without`);
        }
        break;
      default:
        name satisfies never;
    }
  }
  return pipeline;
}

async function addOtlp(
  pipeline: SpanPipeline,
  settings: Settings,
  target: OtlpTarget,
  report: Report,
): Promise<void> {
  const delivery = new Delivery(maskCredentials(target.url), report);
  const encoding = target.protocol === "http/json" ? JSON_ENCODING : PROTOBUF_ENCODING;
  const sender = new OtlpSender({
    transport: await createTransport(target),
    deserializeResponse: encoding.deserializeResponse,
    delivery,
    timeoutMillis: target.timeoutMillis,
  });
  const options = {
    scheduledDelayMillis: settings.OTEL_BSP_SCHEDULE_DELAY,
    exportTimeoutMillis: settings.OTEL_BSP_EXPORT_TIMEOUT || Infinity,
    maxQueueSize: settings.OTEL_BSP_MAX_QUEUE_SIZE,
    maxExportBatchSize: Math.min(
      settings.OTEL_BSP_MAX_EXPORT_BATCH_SIZE,
      settings.OTEL_BSP_MAX_QUEUE_SIZE,
    ),
  };
  pipeline.processors.push(new EncodingBatchSpanProcessor({ encoding, sender, delivery, options }));
  pipeline.deliveries.push(delivery);
  pipeline.end = () => {
    delivery.end();
    sender.stopRetrying();
  };
}

async function createTransport(target: OtlpTarget) {
  if (target.protocol === "grpc") {
    const { createGrpcTransport } = await import("./otlp/grpc_transport.ts");
    return createGrpcTransport(target);
  }
  const { createHttpTransport } = await import("./otlp/http_transport.ts");
  return createHttpTransport(target);
}
