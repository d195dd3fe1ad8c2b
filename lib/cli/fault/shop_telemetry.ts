import { MeterProvider } from "@opentelemetry/sdk-metrics";
import { configurationFromSettings } from "../../telemetry/configuration/from_settings.ts";
import { otlpExporterFromSettings } from "../../telemetry/configuration/otlp_exporter.ts";
import type { Delivery, Report } from "../../telemetry/delivery.ts";
import { startDiagnostics } from "../../telemetry/diagnostics.ts";
import { ExporterRegistry } from "../../telemetry/exporter_registry.ts";
import { createMetricReaders } from "../../telemetry/metrics/metric_readers.ts";
import { type OtlpTarget, otlpTarget } from "../../telemetry/otlp/target.ts";
import { createPropagator } from "../../telemetry/propagation/propagator.ts";
import type { Environment, SettingsReading } from "../../telemetry/read_settings.ts";
import { createResource } from "../../telemetry/resource.ts";
import { createSampler } from "../../telemetry/traces/sampler.ts";
import { createSpanProcessors } from "../../telemetry/traces/span_processors.ts";
import { SERVICE_NAMES } from "../../workshop/fault/routes.ts";
import type { ShopOptions } from "../../workshop/fault/shop.ts";
import { UsageError } from "../errors.ts";
import { readTelemetrySettings } from "../flags/telemetry_flags.ts";

/** Often enough for a graph to grow while someone looks at it. */
const METRIC_INTERVAL_MS = "5000";

/** The telemetry pipeline of the shop. */
export interface ShopTelemetry extends Pick<ShopOptions, "telemetry" | "propagator"> {
  deliveries: readonly Delivery[];
  /** From now on, nothing is retried. */
  end(): void;
}

/**
 * The target of spans according to the settings, with the settings.
 *
 * @throws {UsageError} If the protocol is not HTTP.
 */
export function findDestination(
  flags: Environment,
): { reading: SettingsReading; target: OtlpTarget } {
  const reading = readShopSettings(flags);
  const { otlp_http } = otlpExporterFromSettings(reading, "traces");
  if (otlp_http) return { reading, target: otlpTarget({ otlp_http }, "traces") };
  throw new UsageError(
    "Cannot send over gRPC: expected an endpoint for OTLP over HTTP. " +
      "Choose one with --endpoint http://localhost:4318, and OTEL_EXPORTER_OTLP_PROTOCOL unset",
  );
}

/** Builds what the settings describe, except the target. */
export async function createShopTelemetry(
  flags: Environment,
  tracesEndpoint: string,
  report: Report,
): Promise<ShopTelemetry> {
  const reading = readShopSettings({
    ...flags,
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: tracesEndpoint,
    OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: metricsEndpoint(tracesEndpoint),
    OTEL_METRIC_EXPORT_INTERVAL: METRIC_INTERVAL_MS,
  });
  const configuration = configurationFromSettings(reading);
  const { processors = [], sampler } = configuration.tracer_provider ?? {};
  const diagnostics = startDiagnostics(reading.settings.OTEL_LOG_LEVEL, report);
  const registry = new ExporterRegistry(report);
  const readers = configuration.disabled ? [] : configuration.meter_provider?.readers ?? [];
  const readersOfServices = await Promise.all(
    SERVICE_NAMES.map(() => createMetricReaders(readers, registry)),
  );
  return {
    telemetry: {
      resource: createResource(configuration.resource),
      sampler: createSampler(sampler),
      spanProcessors: configuration.disabled
        ? []
        : await createSpanProcessors(processors, registry),
      createMeterProvider: (resource) =>
        new MeterProvider({ resource, readers: readersOfServices.pop() ?? [] }),
    },
    propagator: createPropagator(configuration.propagator, report),
    deliveries: registry.deliveries,
    end() {
      registry.end();
      diagnostics[Symbol.dispose]();
    },
  };
}

/** Metrics go the same way as spans, so that a blocked gateway blocks both. */
function metricsEndpoint(tracesEndpoint: string): string {
  const url = new URL(tracesEndpoint);
  url.pathname = url.pathname.replace(/v1\/traces\/?$/, "v1/metrics");
  return url.href;
}

/** The shop always sends over OTLP, whatever the environment: that is its purpose. */
function readShopSettings(flags: Environment): SettingsReading {
  const exporters = { OTEL_TRACES_EXPORTER: "otlp", OTEL_METRICS_EXPORTER: "otlp" };
  return readTelemetrySettings({ ...flags, ...exporters }, { strict: false });
}
