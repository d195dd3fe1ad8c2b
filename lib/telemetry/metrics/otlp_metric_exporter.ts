import { type ExportResult, ExportResultCode } from "@opentelemetry/core";
import type { PushMetricExporter, ResourceMetrics } from "@opentelemetry/sdk-metrics";
import type { PartialSuccess } from "../../otlp/export_response.ts";
import type { ExporterRegistry } from "../exporter_registry.ts";
import { openOtlpExporter } from "../otlp/otlp_exporter.ts";
import { loadJsonSerializers, loadSerializers } from "../otlp/item_encoding.ts";
import type { OtlpTarget } from "../otlp/target.ts";

/** What the reader needs from the exporter. */
export type MetricSelectors = Required<
  Pick<PushMetricExporter, "selectAggregation" | "selectAggregationTemporality">
>;

/**
 * The part of the reader's timeout that an export may take. The reader starts the next export when its timeout
 * is over, and exports must not overlap.
 */
const SHARE_OF_PATIENCE = 0.9;

/** Options of {@linkcode openOtlpMetricExporter}. */
export interface OtlpMetricExporterOptions {
  selectors: MetricSelectors;
  /** How long the reader waits for an export. */
  readerTimeoutMillis: number;
}

/**
 * An exporter of metrics over OTLP that counts data points.
 *
 * @throws {Error} If a certificate or key cannot be read.
 */
export async function openOtlpMetricExporter(
  target: OtlpTarget,
  registry: ExporterRegistry,
  { selectors, readerTimeoutMillis }: OtlpMetricExporterOptions,
): Promise<PushMetricExporter> {
  const serializer = target.protocol === "http/json"
    ? (await loadJsonSerializers()).metrics
    : (await loadSerializers()).ProtobufMetricsSerializer;
  const { sender, delivery } = await openOtlpExporter(target, registry);

  async function send(metrics: ResourceMetrics): Promise<PartialSuccess> {
    const body = serializer.serializeRequest(metrics);
    if (!body) throw new Error("they cannot be encoded");
    const timeoutMillis = readerTimeoutMillis * SHARE_OF_PATIENCE;
    return await sender.send(body as Uint8Array<ArrayBuffer>, timeoutMillis);
  }

  return {
    ...selectors,
    export(metrics, done: (result: ExportResult) => void) {
      const count = countDataPoints(metrics);
      delivery.add(count);
      // Failures are already counted and reported, so the reader need not report them again.
      delivery.settle(count, send(metrics)).then(() => done({ code: ExportResultCode.SUCCESS }));
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
