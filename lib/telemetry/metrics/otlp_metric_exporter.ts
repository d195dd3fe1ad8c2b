import { type ExportResult, ExportResultCode } from "@opentelemetry/core";
import type { PushMetricExporter, ResourceMetrics } from "@opentelemetry/sdk-metrics";
import type { Exports } from "../exports.ts";
import { openOtlpLine } from "../otlp/destination.ts";
import { loadSerializers } from "../otlp/encoding.ts";
import type { OtlpTarget } from "../otlp/target.ts";

/** What the reader asks the exporter for. */
type Selectors = Required<
  Pick<PushMetricExporter, "selectAggregation" | "selectAggregationTemporality">
>;

/**
 * An exporter of metrics over OTLP whose books count data points.
 *
 * @throws {Error} If a certificate or key cannot be read.
 */
export async function openOtlpMetricExporter(
  target: OtlpTarget,
  exports: Exports,
  selectors: Selectors,
): Promise<PushMetricExporter> {
  const { JsonMetricsSerializer, ProtobufMetricsSerializer } = await loadSerializers();
  const serializer = target.protocol === "http/json"
    ? JsonMetricsSerializer
    : ProtobufMetricsSerializer;
  const { sender, delivery } = await openOtlpLine(target, exports);

  async function send(metrics: ResourceMetrics): Promise<void> {
    const count = countDataPoints(metrics);
    delivery.add(count);
    const body = serializer.serializeRequest(metrics) as Uint8Array<ArrayBuffer> | undefined;
    if (body) await sender.send(body, count);
  }

  return {
    ...selectors,
    export(metrics, done: (result: ExportResult) => void) {
      // What was not sent is in the books, and told: the reader need not tell it again.
      send(metrics).catch((error) => delivery.leaveOut(error)).then(() =>
        done({ code: ExportResultCode.SUCCESS })
      );
    },
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(sender.shutdown()),
  };
}

function countDataPoints({ scopeMetrics }: ResourceMetrics): number {
  return scopeMetrics
    .flatMap(({ metrics }) => metrics)
    .reduce((sum, { dataPoints }) => sum + dataPoints.length, 0);
}
