// Exercise 2, steps 11 to 13: from spans by hand to middleware.
//
// This is exercise 1, solved, with a name of its own. Take out what the middleware does for you.
// Run it with `deno task middleware`; `otel-kit guide check 11` looks at what it sends.

// 1. Import httpInstrumentationMiddleware of "@hono/otel". To continue the trace of a caller, import
//    propagation of "@opentelemetry/api" and W3CTraceContextPropagator of "@opentelemetry/core".
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

// The provider stays as it is: somebody still has to make the spans and carry them away.
const provider = new BasicTracerProvider({
  resource: resourceFromAttributes({ [ATTR_SERVICE_NAME]: "MyHonoAppInProductionContrib" }),
  spanProcessors: [
    new BatchSpanProcessor(new ConsoleSpanExporter()),
    new BatchSpanProcessor(new OTLPTraceExporter()),
  ],
});
trace.setGlobalTracerProvider(provider);
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());

// 2. Make a W3CTraceContextPropagator the global propagator.

// 3. The middleware makes its own tracer: this line goes.
const tracer = trace.getTracer("middleware.ts");

const app = new Hono();

// 4. Before the routes: app.use(httpInstrumentationMiddleware(...)), with the headers that you want
//    on the span, captureRequestHeaders: ["user-agent"] and captureResponseHeaders: ["content-type"].

// 5. Make the routes those of base.ts again, to the letter. Nothing else in them is needed.
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
