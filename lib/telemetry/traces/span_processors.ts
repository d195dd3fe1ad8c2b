import type {
  SpanExporterConfigModel,
  SpanProcessorConfigModel,
} from "@opentelemetry/configuration";
import {
  type ReadableSpan,
  SimpleSpanProcessor,
  type SpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { messageOf } from "../../error_message.ts";
import { batchOptions } from "../configuration/batch_options.ts";
import { BatchQueue } from "../batch_queue.ts";
import type { ExporterRegistry } from "../exporter_registry.ts";
import { openOtlpExporter, otlpBatchExporter } from "../otlp/otlp_exporter.ts";
import {
  type ItemEncoding,
  loadJsonSerializers,
  serializerEncoding,
} from "../otlp/item_encoding.ts";
import { PROTOBUF_ENCODING } from "../otlp/span_encoder.ts";
import { type OtlpTarget, otlpTarget } from "../otlp/target.ts";
import { VisibleSpanExporter } from "./console_span_exporter.ts";
import { QueueSpanProcessor } from "./queue_span_processor.ts";

/** Builds the span processors of a configuration. Anything that can't be built is reported and left out. */
export async function createSpanProcessors(
  models: readonly SpanProcessorConfigModel[],
  registry: ExporterRegistry,
): Promise<SpanProcessor[]> {
  const processors: SpanProcessor[] = [];
  for (const model of models) {
    try {
      processors.push(await createSpanProcessor(model, registry));
    } catch (error) {
      registry.report(`Cannot send spans: ${messageOf(error)}. The app continues without them`);
    }
  }
  return processors;
}

/** @throws {Error} If it is unknown, or a part of it is invalid. */
async function createSpanProcessor(
  { batch, simple, ...others }: SpanProcessorConfigModel,
  registry: ExporterRegistry,
): Promise<SpanProcessor> {
  const exporter = (batch ?? simple)?.exporter;
  if (!exporter) {
    const names = Object.keys(others).join(", ");
    throw new Error(`cannot process by "${names}": expected batch or simple`);
  }
  if ("console" in exporter) return new SimpleSpanProcessor(new VisibleSpanExporter());
  // Over the network, a single span is a batch of one, so that it is still counted and retried.
  const options = batch ? batchOptions(batch, 5000) : { ...batchOptions({}, 0) };
  return new QueueSpanProcessor(await createQueue(exporter, options, registry));
}

async function createQueue(
  exporter: SpanExporterConfigModel,
  options: ReturnType<typeof batchOptions>,
  registry: ExporterRegistry,
): Promise<BatchQueue<ReadableSpan>> {
  if ("zipkin" in exporter) {
    const { zipkinBatchExporter } = await import("./zipkin.ts");
    const { delivery, batchExporter } = zipkinBatchExporter(exporter.zipkin ?? {}, registry);
    return new BatchQueue(batchExporter, delivery, options);
  }
  if (!("otlp_http" in exporter || "otlp_grpc" in exporter)) {
    const names = Object.keys(exporter).join(", ");
    throw new Error(
      `cannot export to "${names}": expected otlp_http, otlp_grpc, console or zipkin`,
    );
  }
  const { otlp_http, otlp_grpc } = exporter;
  const target = otlpTarget(otlp_grpc ? { otlp_grpc } : { otlp_http: otlp_http ?? {} }, "traces");
  const otlpExporter = await openOtlpExporter(target, registry);
  const batchExporter = otlpBatchExporter(await spanEncoding(target), otlpExporter);
  return new BatchQueue(batchExporter, otlpExporter.delivery, options);
}

async function spanEncoding({ protocol }: OtlpTarget): Promise<ItemEncoding<ReadableSpan>> {
  if (protocol !== "http/json") return PROTOBUF_ENCODING;
  return serializerEncoding((await loadJsonSerializers()).traces);
}
