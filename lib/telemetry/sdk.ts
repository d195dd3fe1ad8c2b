import { context, propagation, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { BasicTracerProvider } from "@opentelemetry/sdk-trace-base";
import type { Delivery, Report } from "./delivery.ts";
import { startDiagnostics } from "./diagnostics.ts";
import { createPropagator } from "./propagation/propagator.ts";
import { createResource } from "./resource.ts";
import { createSampler } from "./sampler.ts";
import type { Settings, SettingsReading } from "./settings.ts";
import { createSpanPipeline } from "./span_processors.ts";

/** Running telemetry. */
export interface Telemetry extends AsyncDisposable {
  /** The books of each exporter that can lose something. */
  readonly deliveries: readonly Delivery[];
  /** Sends everything that waits. */
  forceFlush(): Promise<void>;
  /** Sends everything that waits, trying nothing twice, and gives the global API back. */
  shutdown(): Promise<void>;
}

/** Options of {@linkcode startTelemetry}. */
export interface TelemetryOptions {
  /** Takes messages for the user. */
  report: Report;
}

/**
 * Builds the SDK that the settings describe and makes it the global one. It never breaks the app:
 * what cannot be built is reported and left out.
 */
export async function startTelemetry(
  reading: SettingsReading,
  { report }: TelemetryOptions,
): Promise<Telemetry> {
  const { settings } = reading;
  const diagnostics = startDiagnostics(settings, report);
  // The specification: OTEL_SDK_DISABLED has no effect on propagators.
  propagation.setGlobalPropagator(createPropagator(settings));
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());

  const pipeline = await createSpanPipeline(reading, { report });
  const tracerProvider = new BasicTracerProvider({
    resource: createResource(settings),
    sampler: createSampler(settings),
    spanLimits: spanLimits(settings),
    spanProcessors: pipeline.processors,
  });
  if (pipeline.processors.length > 0) trace.setGlobalTracerProvider(tracerProvider);

  async function shutdown(): Promise<void> {
    pipeline.end();
    await tracerProvider.shutdown();
    trace.disable();
    context.disable();
    propagation.disable();
    diagnostics[Symbol.dispose]();
  }

  return {
    deliveries: pipeline.deliveries,
    forceFlush: () => tracerProvider.forceFlush(),
    shutdown,
    [Symbol.asyncDispose]: shutdown,
  };
}

function spanLimits(settings: Settings) {
  return {
    attributeValueLengthLimit: settings.OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT ??
      settings.OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT ?? Infinity,
    attributeCountLimit: settings.OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT ??
      settings.OTEL_ATTRIBUTE_COUNT_LIMIT,
    eventCountLimit: settings.OTEL_SPAN_EVENT_COUNT_LIMIT,
    linkCountLimit: settings.OTEL_SPAN_LINK_COUNT_LIMIT,
    attributePerEventCountLimit: settings.OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT,
    attributePerLinkCountLimit: settings.OTEL_LINK_ATTRIBUTE_COUNT_LIMIT,
  };
}
