// Bonus exercise, step 24: one job for many requests.
//
// Each order waits in a queue. A job packs all that wait, in a trace of its own. Nothing leads from
// the job to the orders, or back.
// Run it with `deno task batch`. The guide checks what it sends.

import { type Link, ROOT_CONTEXT, SpanKind } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BasicTracerProvider, BatchSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { ATTR_SERVICE_NAME } from "@opentelemetry/semantic-conventions";
import { Hono } from "hono";

const provider = new BasicTracerProvider({
  resource: resourceFromAttributes({ [ATTR_SERVICE_NAME]: "WorkshopBatch" }),
  spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
});
const tracer = provider.getTracer("batch.ts");

/** What the job knows of each order that waits. */
const waiting: Link[] = [];

const app = new Hono();

app.get("/", (c) => {
  const span = tracer.startSpan("order", { kind: SpanKind.PRODUCER }, ROOT_CONTEXT);
  waiting.push({ context: span.spanContext() });
  span.end();
  return c.text(`Orders that wait: ${waiting.length}\n`);
});

app.get("/pack", (c) => {
  const orders = waiting.splice(0);
  // The job has many causes, and a span has one parent at most. Which option names them all?
  const options = { kind: SpanKind.CONSUMER };
  const span = tracer.startSpan("pack", options, ROOT_CONTEXT);
  span.end();
  return c.text(`Packed: ${orders.length}\n`);
});

const server = Deno.serve({ hostname: "127.0.0.1", port: 5000 }, app.fetch);
Deno.addSignalListener("SIGINT", () => server.shutdown());
await server.finished;
await provider.shutdown();
