import { context, propagation, type TextMapPropagator, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from "@opentelemetry/resources";
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  ConsoleSpanExporter,
  type SpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { ATTR_SERVICE_NAME } from "@opentelemetry/semantic-conventions";
import { Hono } from "hono";
import {
  httpInstrumentation,
  type HttpInstrumentationOptions,
} from "../lib/instrumentation/http_instrumentation.ts";

/** Options for callers; each default is part of the lesson. */
export interface MiddlewareAppOptions {
  spanProcessors?: SpanProcessor[];
  propagator?: TextMapPropagator;
  http?: HttpInstrumentationOptions;
}

/** The base app plus one line, `app.use(httpInstrumentation(...))`, and the provider it needs. */
export function createMiddlewareApp({
  spanProcessors = [
    new BatchSpanProcessor(new ConsoleSpanExporter()),
    new BatchSpanProcessor(new OTLPTraceExporter()),
  ],
  propagator = new W3CTraceContextPropagator(),
  http = {},
}: MiddlewareAppOptions = {}): { app: Hono; provider: BasicTracerProvider } {
  const provider = new BasicTracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes({ [ATTR_SERVICE_NAME]: "MyHonoAppInProductionContrib" }))
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors,
  });
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(propagator);

  const app = new Hono();

  app.use(httpInstrumentation({
    captureRequestHeaders: [".*"],
    captureResponseHeaders: [".*"],
    ...http,
  }));

  app.get("/", (c) => c.text("Hello, World! from our plain Hono App\n", 200));

  app.get("/error", (c) => c.text(`${1n / 0n}\n`));

  return { app, provider };
}

if (import.meta.main) {
  const { app, provider } = createMiddlewareApp();
  const server = Deno.serve({ hostname: "127.0.0.1", port: 5000 }, app.fetch);
  Deno.addSignalListener("SIGINT", () => server.shutdown());
  await server.finished;
  await provider.shutdown(); // flushes the queued batch of spans
}
