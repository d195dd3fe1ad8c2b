import type {
  MetricReaderConfigModel,
  PeriodicMetricReaderConfigModel,
  PushMetricExporterConfigModel,
} from "@opentelemetry/configuration";
import {
  type IMetricReader,
  PeriodicExportingMetricReader,
  type PushMetricExporter,
} from "@opentelemetry/sdk-metrics";
import { messageOf } from "../../error_message.ts";
import type { ExporterRegistry } from "../exporter_registry.ts";
import { otlpTarget } from "../otlp/target.ts";
import { VisibleMetricExporter } from "./console_metric_exporter.ts";
import { openOtlpMetricExporter } from "./otlp_metric_exporter.ts";
import { aggregationSelector, temporalitySelector } from "./selectors.ts";

const DEFAULT_INTERVAL_MS = 60_000;
const DEFAULT_TIMEOUT_MS = 30_000;

/** Builds the metric readers of a configuration. Anything that can't be built is reported and left out. */
export async function createMetricReaders(
  models: readonly MetricReaderConfigModel[],
  registry: ExporterRegistry,
): Promise<IMetricReader[]> {
  const readers: IMetricReader[] = [];
  for (const model of models) {
    try {
      readers.push(await createMetricReader(model, registry));
    } catch (error) {
      registry.report(`Cannot send metrics: ${messageOf(error)}. The app continues without them`);
    }
  }
  return readers;
}

/** @throws {Error} If it is unknown, or a part of it is invalid. */
async function createMetricReader(
  { periodic, pull }: MetricReaderConfigModel,
  registry: ExporterRegistry,
): Promise<IMetricReader> {
  if (periodic) return await createPeriodicReader(periodic, registry);
  const prometheus = pull?.exporter["prometheus/development"];
  if (prometheus === undefined) {
    const names = Object.keys(pull?.exporter ?? {}).join(", ");
    throw new Error(`cannot read metrics by "${names}": expected periodic or prometheus`);
  }
  const { startPrometheusReader } = await import("./prometheus_reader.ts");
  return startPrometheusReader(prometheus ?? {}, registry);
}

async function createPeriodicReader(
  { interval, timeout, exporter, cardinality_limits: limits }: PeriodicMetricReaderConfigModel,
  registry: ExporterRegistry,
): Promise<IMetricReader> {
  const exportIntervalMillis = interval ?? DEFAULT_INTERVAL_MS;
  const exportTimeoutMillis = Math.min(
    (timeout ?? DEFAULT_TIMEOUT_MS) || Infinity,
    exportIntervalMillis,
  );
  return new PeriodicExportingMetricReader({
    exporter: await createExporter(exporter, registry, exportTimeoutMillis),
    exportIntervalMillis,
    exportTimeoutMillis,
    ...limits?.default && { cardinalityLimits: { default: limits.default } },
  });
}

async function createExporter(
  exporter: PushMetricExporterConfigModel,
  registry: ExporterRegistry,
  readerTimeoutMillis: number,
): Promise<PushMetricExporter> {
  if ("console" in exporter) {
    const preference = exporter.console?.temporality_preference;
    return new VisibleMetricExporter({ temporalitySelector: temporalitySelector(preference) });
  }
  const { otlp_http, otlp_grpc } = exporter;
  if (!("otlp_http" in exporter || "otlp_grpc" in exporter)) {
    const names = Object.keys(exporter).join(", ");
    throw new Error(`cannot export to "${names}": expected otlp_http, otlp_grpc or console`);
  }
  const model = otlp_grpc ?? otlp_http ?? {};
  const target = otlpTarget(otlp_grpc ? { otlp_grpc } : { otlp_http: otlp_http ?? {} }, "metrics");
  const selectors = {
    selectAggregationTemporality: temporalitySelector(model.temporality_preference),
    selectAggregation: aggregationSelector(model.default_histogram_aggregation),
  };
  return await openOtlpMetricExporter(target, registry, { selectors, readerTimeoutMillis });
}
