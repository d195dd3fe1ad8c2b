// Exercise 1, steps 8a to 10: instrument the app by hand.
//
// This is the base app. Each numbered comment describes what to add; the steps' texts show how, and
// their checks have the same numbers.
// Run it with `deno task manual`. The guide checks what it sends.

import { Hono } from "hono";

// 1. (Step 8a) Create a provider. Its resource identifies the sender (MyHonoAppInProductionManual).
//    Two batch processors export its spans: one to the console, and one over OTLP. Register the
//    provider globally. Import trace from "@opentelemetry/api", and from the other packages in
//    deno.json: BasicTracerProvider, BatchSpanProcessor, ConsoleSpanExporter, OTLPTraceExporter,
//    resourceFromAttributes, and ATTR_SERVICE_NAME.

const app = new Hono();

// 2. (Step 8a) Get a tracer: trace.getTracer("manual.ts"). Wrap the work of this route in a span
//    "root" with an event "root_event". End the span.

// 3. (Step 8a) Within "root", start a span "greet", and end that, too. It becomes a child of the
//    active span if you register a context manager below the provider. Import context and
//    AsyncLocalStorageContextManager.
app.get("/", (c) => c.text("Hello, World! from our Manually Instrumented Hono App\n", 200));

// 4. (Step 8b) Wrap this route in a span "root", too. If it throws, record the exception, set the
//    status ERROR, and rethrow it. End the span in `finally`, because a span that never ends is
//    never sent. Import SpanStatusCode from "@opentelemetry/api".
app.get("/error", (c) => c.text(`${1n / 0n}\n`));

const server = Deno.serve({ hostname: "127.0.0.1", port: 5000 }, app.fetch);
Deno.addSignalListener("SIGINT", () => server.shutdown());
await server.finished;

// 5. (Step 8c) Shut down the provider, which flushes the queued spans.
