import { context, metrics, propagation, ROOT_CONTEXT, SpanKind, trace } from "@opentelemetry/api";
import { logs } from "@opentelemetry/api-logs";
import { suppressTracing, W3CTraceContextPropagator } from "@opentelemetry/core";
import { OTLPLogExporter } from "@opentelemetry/exporter-logs-otlp-proto";
import { AggregationTemporalityPreference } from "@opentelemetry/exporter-metrics-otlp-http";
import { OTLPMetricExporter } from "@opentelemetry/exporter-metrics-otlp-proto";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchLogRecordProcessor, LoggerProvider } from "@opentelemetry/sdk-logs";
import { MeterProvider, MetricReader } from "@opentelemetry/sdk-metrics";
import { BasicTracerProvider, BatchSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { instrumentConsole } from "@otel-kit/instrumentation/console";
import { instrumentFetch } from "@otel-kit/instrumentation/fetch";
import { env, waitUntil } from "cloudflare:workers";
import { AsyncLocalStorage } from "node:async_hooks";
import { app } from "./app.js";

/** The published context manager needs more of Node than Workers have. */
class WorkerContextManager {
  #storage = new AsyncLocalStorage();

  active() {
    return this.#storage.getStore() ?? ROOT_CONTEXT;
  }
  with(active, fn, thisArg, ...args) {
    return this.#storage.run(active, () => fn.apply(thisArg, args));
  }
  bind(active, target) {
    return typeof target === "function"
      ? (...args) => this.with(active, target, undefined, ...args)
      : target;
  }
  enable() {
    return this;
  }
  disable() {
    return this;
  }
}

/** Sends everything when a request ends: between requests a Worker has no timers, and may be gone. */
class RequestEnd {
  onStart() {}
  onEnd(span) {
    if (span.kind === SpanKind.SERVER) waitUntil(flush());
  }
  async forceFlush() {}
  async shutdown() {}
}

/** Reads the metrics when it is told to. */
class FlushedMetricReader extends MetricReader {
  #exporter;

  constructor(exporter) {
    super({
      aggregationTemporalitySelector: (type) => exporter.selectAggregationTemporality(type),
    });
    this.#exporter = exporter;
  }
  async onForceFlush() {
    const { resourceMetrics } = await this.collect();
    await new Promise((resolve) => this.#exporter.export(resourceMetrics, resolve));
  }
  async onShutdown() {}
}

const resource = resourceFromAttributes({ "service.name": "my-worker" });
const endpoint = (signal) => ({ url: `${env.OTEL_EXPORTER_OTLP_ENDPOINT}/v1/${signal}` });
// Many instances run, and none for long: each sends what has changed.
const metricExporter = new OTLPMetricExporter({
  ...endpoint("metrics"),
  temporalityPreference: AggregationTemporalityPreference.DELTA,
});

const tracerProvider = new BasicTracerProvider({
  resource,
  spanProcessors: [
    new BatchSpanProcessor(new OTLPTraceExporter(endpoint("traces"))),
    new RequestEnd(),
  ],
});
const meterProvider = new MeterProvider({
  resource,
  readers: [new FlushedMetricReader(metricExporter)],
});
const loggerProvider = new LoggerProvider({
  resource,
  processors: [new BatchLogRecordProcessor({ exporter: new OTLPLogExporter(endpoint("logs")) })],
});

const providers = [tracerProvider, meterProvider, loggerProvider];

/** The exporters call `fetch`, too, which is not to be traced. */
async function flush() {
  await context.with(
    suppressTracing(ROOT_CONTEXT),
    () => Promise.all(providers.map((provider) => provider.forceFlush())),
  );
}

trace.setGlobalTracerProvider(tracerProvider);
metrics.setGlobalMeterProvider(meterProvider);
logs.setGlobalLoggerProvider(loggerProvider);
context.setGlobalContextManager(new WorkerContextManager());
propagation.setGlobalPropagator(new W3CTraceContextPropagator());

instrumentFetch();
instrumentConsole();

export default app;
