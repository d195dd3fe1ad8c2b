import { context, propagation, trace } from "@opentelemetry/api";
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
} from "@opentelemetry/sdk-trace-base";
import { ATTR_SERVICE_NAME } from "@opentelemetry/semantic-conventions";
import { Hono } from "hono";
import { captureHeaders } from "../lib/instrumentation/headers.ts";
import { httpInstrumentation } from "../lib/instrumentation/http_instrumentation.ts";

/** Creates the provider, which exports spans to the console and to a Collector. */
export function startProvider(): BasicTracerProvider {
  const provider = new BasicTracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes({ [ATTR_SERVICE_NAME]: "MyHonoAppInProductionContrib" }))
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [
      new BatchSpanProcessor(new ConsoleSpanExporter()),
      new BatchSpanProcessor(new OTLPTraceExporter()),
    ],
  });
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  return provider;
}

/** The base app plus one line, `app.use(httpInstrumentation(...))`. */
export function createMiddlewareApp(options = {}): Hono {
  const app = new Hono();

  app.use(httpInstrumentation({
    headers: captureHeaders({ request: [".*"], response: [".*"] }),
    ...options,
  }));

  app.get("/", (c) => c.text("Hello, World! from our plain Hono App\n", 200));

  app.get("/error", (c) => c.text(`${1n / 0n}\n`));

  return app;
}

if (import.meta.main) {
  const provider = startProvider();
  const server = Deno.serve({ hostname: "127.0.0.1", port: 5000 }, createMiddlewareApp().fetch);
  Deno.addSignalListener("SIGINT", () => server.shutdown());
  await server.finished;
  await provider.shutdown(); // flushes the queued batch of spans
}
