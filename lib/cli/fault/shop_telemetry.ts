import { configurationFromSettings } from "../../telemetry/configuration/from_settings.ts";
import { otlpExporterFromSettings } from "../../telemetry/configuration/otlp_exporter.ts";
import type { Delivery, Report } from "../../telemetry/delivery.ts";
import { startDiagnostics } from "../../telemetry/diagnostics.ts";
import { ExporterRegistry } from "../../telemetry/exporter_registry.ts";
import { type OtlpTarget, otlpTarget } from "../../telemetry/otlp/target.ts";
import { createPropagator } from "../../telemetry/propagation/propagator.ts";
import type { Environment, SettingsReading } from "../../telemetry/read_settings.ts";
import { createResource } from "../../telemetry/resource.ts";
import { createSampler } from "../../telemetry/traces/sampler.ts";
import { createSpanProcessors } from "../../telemetry/traces/span_processors.ts";
import type { ShopOptions } from "../../workshop/fault/shop.ts";
import { UsageError } from "../errors.ts";
import { readTelemetrySettings } from "../flags/telemetry_flags.ts";

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

/** Builds what the settings describe, except the target of spans. */
export async function createShopTelemetry(
  flags: Environment,
  tracesEndpoint: string,
  report: Report,
): Promise<ShopTelemetry> {
  const reading = readShopSettings({
    ...flags,
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: tracesEndpoint,
  });
  const configuration = configurationFromSettings(reading);
  const { processors = [], sampler } = configuration.tracer_provider ?? {};
  const diagnostics = startDiagnostics(reading.settings.OTEL_LOG_LEVEL, report);
  const registry = new ExporterRegistry(report);
  return {
    telemetry: {
      resource: createResource(configuration.resource),
      sampler: createSampler(sampler),
      spanProcessors: configuration.disabled
        ? []
        : await createSpanProcessors(processors, registry),
    },
    propagator: createPropagator(configuration.propagator, report),
    deliveries: registry.deliveries,
    end() {
      registry.end();
      diagnostics[Symbol.dispose]();
    },
  };
}

/** The shop always sends over OTLP, whatever the environment: that is its purpose. */
function readShopSettings(flags: Environment): SettingsReading {
  return readTelemetrySettings({ ...flags, OTEL_TRACES_EXPORTER: "otlp" }, { strict: false });
}
