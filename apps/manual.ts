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
  type SpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { ATTR_SERVICE_NAME } from "@opentelemetry/semantic-conventions";
import { Hono } from "hono";

/** Options for callers; each default is part of the lesson. */
export interface ManualAppOptions {
  spanProcessors?: SpanProcessor[];
}

/** The app with a handwritten span in each route, and the provider that exports them. */
export function createManualApp({
  spanProcessors = [
    new BatchSpanProcessor(new ConsoleSpanExporter()),
    new BatchSpanProcessor(new OTLPTraceExporter()),
  ],
}: ManualAppOptions = {}): { app: Hono; provider: BasicTracerProvider } {
  const provider = new BasicTracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes({ [ATTR_SERVICE_NAME]: "MyHonoAppInProductionManual" }))
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors,
  });
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const tracer = trace.getTracer("apps/manual.ts");

  const app = new Hono();

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

  return { app, provider };
}

if (import.meta.main) {
  const { app, provider } = createManualApp();
  const server = Deno.serve({ hostname: "127.0.0.1", port: 5000 }, app.fetch);
  Deno.addSignalListener("SIGINT", () => server.shutdown());
  await server.finished;
  await provider.shutdown(); // flushes the queued batch of spans
}
