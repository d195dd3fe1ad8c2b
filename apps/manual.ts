import { context, SpanStatusCode, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
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

/** Creates the provider, which exports spans to the console and to a Collector. */
export function startProvider(): BasicTracerProvider {
  const provider = new BasicTracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes({ [ATTR_SERVICE_NAME]: "MyHonoAppInProductionManual" }))
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [
      new BatchSpanProcessor(new ConsoleSpanExporter()),
      new BatchSpanProcessor(new OTLPTraceExporter()),
    ],
  });
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  return provider;
}

/** The app with a handwritten span in each route. */
export function createManualApp(): Hono {
  const app = new Hono();
  const tracer = trace.getTracer("apps/manual.ts");

  app.get("/", (c) =>
    tracer.startActiveSpan("root", (root) => {
      root.addEvent("root_event");
      root.end();
      return c.text("Hello, World! from our Manually Instrumented Hono App\n", 200);
    }));

  app.get("/error", (c) =>
    tracer.startActiveSpan("root", (root) => {
      root.addEvent("root_event");
      try {
        return c.text(`${1n / 0n}\n`);
      } catch (error) {
        if (error instanceof Error) {
          root.recordException(error);
          root.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
        }
        throw error;
      } finally {
        root.end();
      }
    }));

  return app;
}

if (import.meta.main) {
  const provider = startProvider();
  const server = Deno.serve({ hostname: "127.0.0.1", port: 5000 }, createManualApp().fetch);
  Deno.addSignalListener("SIGINT", () => server.shutdown());
  await server.finished;
  await provider.shutdown(); // flushes the queued batch of spans
}
