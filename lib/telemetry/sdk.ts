import { context, metrics, propagation, trace } from "@opentelemetry/api";
import { logs } from "@opentelemetry/api-logs";
import type { ConfigurationModel } from "@opentelemetry/configuration";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import type { Resource } from "@opentelemetry/resources";
import type { Delivery, Report } from "./delivery.ts";
import { type LogLevel, startDiagnostics } from "./diagnostics.ts";
import { ExporterRegistry } from "./exporter_registry.ts";
import { createPropagator } from "./propagation/propagator.ts";
import { createResource } from "./resource.ts";
import { createTracerProvider } from "./traces/create_tracer_provider.ts";
import { createSpanProcessors } from "./traces/span_processors.ts";

/** Running telemetry. */
export interface Telemetry extends AsyncDisposable {
  /** The counts of each exporter that can lose something. */
  readonly deliveries: readonly Delivery[];
  /** Flushes everything that is queued. */
  forceFlush(): Promise<void>;
  /** Flushes everything that is queued without retries, and restores the global API. */
  shutdown(): Promise<void>;
}

/** Options of {@linkcode startTelemetry}. */
export interface TelemetryOptions {
  /** Takes messages for the user. */
  report: Report;
  /** The SDK's own log is printed from this level on; default: info. */
  logLevel?: LogLevel;
}

/** Settings that the providers of the three signals share. */
interface Provider {
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
}

/** The parts that each provider is built from. */
interface Parts {
  configuration: ConfigurationModel;
  resource: Resource;
  registry: ExporterRegistry;
}

/**
 * Builds the SDK that the configuration describes and registers it globally. It never breaks the app: anything
 * that can't be built is reported and left out. A signal without exporters costs nothing.
 */
export async function startTelemetry(
  configuration: ConfigurationModel,
  { report, logLevel = "info" }: TelemetryOptions,
): Promise<Telemetry> {
  const diagnostics = startDiagnostics(logLevel, report);
  // By the specification, OTEL_SDK_DISABLED has no effect on propagators.
  propagation.setGlobalPropagator(createPropagator(configuration.propagator, report));
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());

  const registry = new ExporterRegistry(report);
  const resource = createResource(configuration.resource);
  const providers: Provider[] = [];
  if (!configuration.disabled) {
    const parts = { configuration, resource, registry };
    for (const start of [startTraces, startMetrics, startLogs]) {
      const provider = await start(parts);
      if (provider) providers.push(provider);
    }
  }

  async function shutdown(): Promise<void> {
    registry.end();
    await Promise.allSettled(providers.map((provider) => provider.shutdown()));
    for (const api of [trace, metrics, logs, context, propagation]) api.disable();
    diagnostics[Symbol.dispose]();
  }

  return {
    deliveries: registry.deliveries,
    async forceFlush() {
      await Promise.all(providers.map((provider) => provider.forceFlush()));
    },
    shutdown,
    [Symbol.asyncDispose]: shutdown,
  };
}

async function startTraces(
  { configuration, resource, registry }: Parts,
): Promise<Provider | undefined> {
  const { processors = [] } = configuration.tracer_provider ?? {};
  const spanProcessors = await createSpanProcessors(processors, registry);
  if (spanProcessors.length === 0) return undefined;
  const { report } = registry;
  const provider = createTracerProvider(configuration, { resource, spanProcessors, report });
  trace.setGlobalTracerProvider(provider);
  return provider;
}

async function startMetrics(
  { configuration, resource, registry }: Parts,
): Promise<Provider | undefined> {
  const { readers: models = [], views = [] } = configuration.meter_provider ?? {};
  if (models.length === 0) return undefined;
  const { MeterProvider } = await import("@opentelemetry/sdk-metrics");
  const { createMetricReaders } = await import("./metrics/metric_readers.ts");
  const { createViews } = await import("./metrics/views.ts");
  const readers = await createMetricReaders(models, registry);
  if (readers.length === 0) return undefined;
  const provider = new MeterProvider({
    resource,
    readers,
    views: createViews(views, registry.report),
  });
  metrics.setGlobalMeterProvider(provider);
  return provider;
}

async function startLogs(
  { configuration, resource, registry }: Parts,
): Promise<Provider | undefined> {
  const { processors: models = [], limits = {} } = configuration.logger_provider ?? {};
  if (models.length === 0) return undefined;
  const { LoggerProvider } = await import("@opentelemetry/sdk-logs");
  const { createLogRecordProcessors } = await import("./logs/log_record_processors.ts");
  const processors = await createLogRecordProcessors(models, registry);
  if (processors.length === 0) return undefined;
  const common = configuration.attribute_limits ?? {};
  const provider = new LoggerProvider({
    resource,
    processors,
    logRecordLimits: {
      attributeValueLengthLimit: limits.attribute_value_length_limit ??
        common.attribute_value_length_limit ?? Infinity,
      attributeCountLimit: limits.attribute_count_limit ?? common.attribute_count_limit ?? 128,
    },
  });
  logs.setGlobalLoggerProvider(provider);
  return provider;
}
