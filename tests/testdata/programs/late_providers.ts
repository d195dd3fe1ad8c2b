import { metrics, trace } from "@opentelemetry/api";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { Hono } from "hono";
import { httpInstrumentation } from "@otel-kit/instrumentation";

// Calls an app before and after the providers are registered, and prints what they received.
const app = new Hono().use(httpInstrumentation()).get("/:when", (c) => c.text("Hello"));
await app.request("/before");

const spans = new InMemorySpanExporter();
trace.setGlobalTracerProvider(
  new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }),
);
const measured = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
const meterProvider = new MeterProvider({
  readers: [new PeriodicExportingMetricReader({ exporter: measured })],
});
metrics.setGlobalMeterProvider(meterProvider);
await app.request("/after");

await meterProvider.forceFlush();
const names = measured.getMetrics().flatMap(({ scopeMetrics }) =>
  scopeMetrics.flatMap(({ metrics }) => metrics.map(({ descriptor }) => descriptor.name))
);
const paths = spans.getFinishedSpans().map(({ attributes }) => attributes["url.path"]);
await meterProvider.shutdown();
Deno.stdout.writeSync(new TextEncoder().encode(JSON.stringify({ paths, names: names.sort() })));
