// Exercise 1, steps 8 to 10: instrument the app by hand.
//
// This is the base app. Each numbered comment describes what to add; the step's text shows how.
// Run it with `deno task manual`. To check what it sends, run `otel-kit guide check 8`.

import { Hono } from "hono";

// 1. Import context, SpanStatusCode, and trace from "@opentelemetry/api". From the other packages
//    in deno.json, import AsyncLocalStorageContextManager, OTLPTraceExporter,
//    resourceFromAttributes, BasicTracerProvider, BatchSpanProcessor, ConsoleSpanExporter, and
//    ATTR_SERVICE_NAME.

// 2. Create a provider. Its resource identifies the sender (MyHonoAppInProductionManual). Two batch
//    processors export its spans: one to the console, and one over OTLP. Register the provider
//    globally, and a context manager, so that a span becomes the parent of spans within it.

// 3. Get a tracer: trace.getTracer("manual.ts"). It creates the spans.

const app = new Hono();

// 4. Wrap the work of each route in a span "root" with an event "root_event". End the span. Within
//    it, start a span "greet", and end that, too: it becomes a child of the active span.
app.get("/", (c) => c.text("Hello, World! from our Manually Instrumented Hono App\n", 200));

// 5. Wrap this route in a span "root", too. If it throws, record the exception, set the status
//    ERROR, and rethrow it. End the span in `finally`, because a span that never ends is never sent.
app.get("/error", (c) => c.text(`${1n / 0n}\n`));

const server = Deno.serve({ hostname: "127.0.0.1", port: 5000 }, app.fetch);
Deno.addSignalListener("SIGINT", () => server.shutdown());
await server.finished;

// 6. Shut down the provider, which flushes the queued spans.
