// Exercise 2, steps 11 to 13: replace your manual spans with middleware.
//
// This is exercise 1, solved, with another service name. Remove what the middleware does for you.
// Run it with `deno task middleware`. The guide checks what it sends.

// 1. Import httpInstrumentation from "@otel-kit/instrumentation", which is in your folder
//    instrumentation/, and captureHeaders from "@otel-kit/instrumentation/headers". To continue a caller's trace, import propagation from "@opentelemetry/api",
//    and W3CTraceContextPropagator from "@opentelemetry/core".
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

// Keep the provider: it still creates and exports the spans.
const provider = new BasicTracerProvider({
  resource: resourceFromAttributes({ [ATTR_SERVICE_NAME]: "MyHonoAppInProductionContrib" }),
  spanProcessors: [
    new BatchSpanProcessor(new ConsoleSpanExporter()),
    new BatchSpanProcessor(new OTLPTraceExporter()),
  ],
});
trace.setGlobalTracerProvider(provider);
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());

// 2. Register a W3CTraceContextPropagator as the global propagator.

// 3. Remove this line: the middleware creates its own tracer.
const tracer = trace.getTracer("middleware.ts");

const app = new Hono();

// 4. Before the routes, add app.use(httpInstrumentation({ headers: captureHeaders(...) })) with the
//    headers to capture: request: ["user-agent", "authorization"] and response: ["content-type"].

// 5. Change the routes back to exactly those of base.ts. They need nothing else.
app.get("/", (c) =>
  tracer.startActiveSpan("root", (root) => {
    root.addEvent("root_event");
    root.end();
    return c.text("Hello, World! from our plain Hono App\n", 200);
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
await provider.shutdown();
