import { context, propagation, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import {
  BasicTracerProvider,
  type ReadableSpan,
  type Sampler,
  type SpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { TraceContextPropagator } from "../../lib/telemetry/propagation/trace_context_propagator.ts";

/**
 * Keeps every finished span. The SDK's own exporter would leave timers behind, which tests report as leaks.
 */
export class MemorySpanProcessor implements SpanProcessor {
  readonly spans: ReadableSpan[] = [];
  onStart(): void {}
  onEnd(span: ReadableSpan): void {
    this.spans.push(span);
  }
  forceFlush(): Promise<void> {
    return Promise.resolve();
  }
  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}

/** Telemetry kept in memory. */
export interface MemoryTelemetry extends AsyncDisposable {
  spans: readonly ReadableSpan[];
}

/** Starts the global SDK and keeps finished spans. */
export function startMemoryTelemetry({ sampler }: { sampler?: Sampler } = {}): MemoryTelemetry {
  const processor = new MemorySpanProcessor();
  const provider = new BasicTracerProvider({
    spanProcessors: [processor],
    ...sampler && { sampler },
  });
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new TraceContextPropagator());
  return {
    spans: processor.spans,
    async [Symbol.asyncDispose]() {
      await provider.shutdown();
      resetGlobals();
    },
  };
}

/** Releases the global API, for apps that registered their own SDK. */
export function resetGlobals(): void {
  trace.disable();
  context.disable();
  propagation.disable();
}

/** Metrics kept in memory. */
export function startMemoryMetrics() {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  const meterProvider = new MeterProvider({ readers: [reader] });
  return {
    meterProvider,
    /** The metrics by name, with their data points. */
    async collect() {
      await reader.forceFlush();
      const latest = exporter.getMetrics().at(-1);
      const metrics = latest?.scopeMetrics.flatMap(({ metrics }) => metrics) ?? [];
      return new Map(metrics.map((metric) => [metric.descriptor.name, metric]));
    },
    [Symbol.asyncDispose]: () => meterProvider.shutdown(),
  };
}
