/** The base app with @hono/otel, set up as its README says, and the SDK of the other modes. */
import { httpInstrumentationMiddleware } from "@hono/otel";
import { context, propagation, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { BasicTracerProvider, BatchSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { Hono } from "hono";
import { serveUntilSignal } from "./serve_until_signal.ts";

const provider = new BasicTracerProvider({
  spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
});
trace.setGlobalTracerProvider(provider);
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
propagation.setGlobalPropagator(new W3CTraceContextPropagator());

const app = new Hono();
app.use(httpInstrumentationMiddleware());
app.get("/", (c) => c.text("Hello, World! from our plain Hono App\n", 200));

await serveUntilSignal(app.fetch);
await provider.shutdown();
