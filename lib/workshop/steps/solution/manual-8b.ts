// Exercise 1 after step 8b: each route is instrumented by hand.

import { context, SpanStatusCode, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  ConsoleSpanExporter,
} from "@opentelemetry/sdk-trace-base";
import { ATTR_SERVICE_NAME } from "@opentelemetry/semantic-conventions";
import { Hono } from "hono";

const provider = new BasicTracerProvider({
  resource: resourceFromAttributes({ [ATTR_SERVICE_NAME]: "MyHonoAppInProductionManual" }),
  spanProcessors: [
    new BatchSpanProcessor(new ConsoleSpanExporter()),
    new BatchSpanProcessor(new OTLPTraceExporter()),
  ],
});
trace.setGlobalTracerProvider(provider);
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
const tracer = trace.getTracer("manual.ts");

const app = new Hono();

app.get("/", (c) =>
  tracer.startActiveSpan("root", (root) => {
    root.addEvent("root_event");
    // A child of the active span, which the context manager keeps track of.
    const greet = tracer.startSpan("greet");
    const greeting = "Hello, World! from our Manually Instrumented Hono App\n";
    greet.end();
    root.end();
    return c.text(greeting, 200);
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

const server = Deno.serve({ hostname: "127.0.0.1", port: 5000 }, app.fetch);
Deno.addSignalListener("SIGINT", () => server.shutdown());
await server.finished;

// 5. (Step 8c) Shut down the provider, which flushes the queued spans.
