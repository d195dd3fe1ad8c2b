import type {
  LogRecordExporterConfigModel,
  LogRecordProcessorConfigModel,
} from "@opentelemetry/configuration";
import {
  type LogRecordProcessor,
  type ReadableLogRecord,
  type SdkLogRecord,
  SimpleLogRecordProcessor,
} from "@opentelemetry/sdk-logs";
import { messageOf } from "../../error_message.ts";
import { type BatchOptions, BatchQueue } from "../batch_queue.ts";
import { batchOptions } from "../configuration/batch_options.ts";
import type { ExporterRegistry } from "../exporter_registry.ts";
import { openOtlpExporter, otlpBatchExporter } from "../otlp/otlp_exporter.ts";
import { loadJsonSerializers, loadSerializers, serializerEncoding } from "../otlp/item_encoding.ts";
import { otlpTarget } from "../otlp/target.ts";
import { VisibleLogRecordExporter } from "./console_log_record_exporter.ts";

const DEFAULT_DELAY_MS = 1000;

/**
 * Builds the log record processors of a configuration. Anything that can't be built is reported and left out.
 */
export async function createLogRecordProcessors(
  models: readonly LogRecordProcessorConfigModel[],
  registry: ExporterRegistry,
): Promise<LogRecordProcessor[]> {
  const processors: LogRecordProcessor[] = [];
  for (const model of models) {
    try {
      processors.push(await createLogRecordProcessor(model, registry));
    } catch (error) {
      registry.report(
        `Cannot send log records: ${messageOf(error)}. The app continues without them`,
      );
    }
  }
  return processors;
}

/** @throws {Error} If it is unknown, or a part of it is invalid. */
async function createLogRecordProcessor(
  { batch, simple, ...others }: LogRecordProcessorConfigModel,
  registry: ExporterRegistry,
): Promise<LogRecordProcessor> {
  const exporter = (batch ?? simple)?.exporter;
  if (!exporter) {
    const names = Object.keys(others).join(", ");
    throw new Error(`cannot process by "${names}": expected batch or simple`);
  }
  if ("console" in exporter) {
    return new SimpleLogRecordProcessor({ exporter: new VisibleLogRecordExporter() });
  }
  const options = batchOptions(batch ?? {}, batch ? DEFAULT_DELAY_MS : 0);
  return new QueueLogRecordProcessor(await createQueue(exporter, options, registry));
}

async function createQueue(
  exporter: LogRecordExporterConfigModel,
  options: BatchOptions,
  registry: ExporterRegistry,
): Promise<BatchQueue<ReadableLogRecord>> {
  const { otlp_http, otlp_grpc } = exporter;
  if (!("otlp_http" in exporter || "otlp_grpc" in exporter)) {
    const names = Object.keys(exporter).join(", ");
    throw new Error(`cannot export to "${names}": expected otlp_http, otlp_grpc or console`);
  }
  const target = otlpTarget(otlp_grpc ? { otlp_grpc } : { otlp_http: otlp_http ?? {} }, "logs");
  const serializer = target.protocol === "http/json"
    ? (await loadJsonSerializers()).logs
    : (await loadSerializers()).ProtobufLogsSerializer;
  const encoding = serializerEncoding(serializer);
  const otlpExporter = await openOtlpExporter(target, registry);
  return new BatchQueue(otlpBatchExporter(encoding, otlpExporter), otlpExporter.delivery, options);
}

/** The specification's batching processor. */
class QueueLogRecordProcessor implements LogRecordProcessor {
  readonly #queue: BatchQueue<ReadableLogRecord>;

  constructor(queue: BatchQueue<ReadableLogRecord>) {
    this.#queue = queue;
  }

  onEmit(record: SdkLogRecord): void {
    this.#queue.add(record);
  }

  forceFlush(): Promise<void> {
    return this.#queue.forceFlush();
  }

  shutdown(): Promise<void> {
    return this.#queue.shutdown();
  }
}
