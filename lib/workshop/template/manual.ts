// Exercise 1, steps 8 to 10: make the app tell what it does, by hand.
//
// This is the base app. Each number below says what is to be added, and the step's text shows how.
// Run it with `deno task manual`; `otel-kit guide check 8` looks at what it sends.

import { Hono } from "hono";

// 1. Import context, SpanStatusCode and trace of "@opentelemetry/api", and of the packages that
//    deno.json names: AsyncLocalStorageContextManager, OTLPTraceExporter, resourceFromAttributes,
//    BasicTracerProvider, BatchSpanProcessor, ConsoleSpanExporter and ATTR_SERVICE_NAME.

// 2. Make a provider: its resource says who sends (MyHonoAppInProductionManual), and two batch
//    processors hand on its spans, one to the console, one over OTLP. Make it the global one, and
//    give it a context manager, so that a span is the parent of those that start within it.

// 3. Ask for a tracer, trace.getTracer("manual.ts"). It makes the spans.

const app = new Hono();

// 4. Around what each route does: a span "root" with an event "root_event". End it.
app.get("/", (c) => c.text("Hello, World! from our Manually Instrumented Hono App\n", 200));

// 5. The same here. When it throws: record the exception, set the status ERROR, throw on, and end
//    the span in `finally`, for a span that is not ended is never sent.
app.get("/error", (c) => c.text(`${1n / 0n}\n`));

const server = Deno.serve({ hostname: "127.0.0.1", port: 5000 }, app.fetch);
Deno.addSignalListener("SIGINT", () => server.shutdown());
await server.finished;

// 6. Shut the provider down: that sends the spans that still wait in a batch.
