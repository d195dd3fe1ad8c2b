// Step 13a: one request, two services, and two traces that should be one.
//
// A shop queries its stock room. Both run here, each with its own provider, so they are two
// services: WorkshopShop on port 5000, and WorkshopStock on a free port.
// Run it with `deno task shop`. The guide checks what they send.

import { context, propagation, SpanKind } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BasicTracerProvider, BatchSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { ATTR_SERVICE_NAME } from "@opentelemetry/semantic-conventions";
import { Hono } from "hono";

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
propagation.setGlobalPropagator(new W3CTraceContextPropagator());

const shop = createProvider("WorkshopShop");
const stock = createProvider("WorkshopStock");

const stockApp = new Hono();

stockApp.get("/stock", (c) => {
  const caller = propagation.extract(context.active(), c.req.header());
  const options = { kind: SpanKind.SERVER };
  return stock.getTracer("stock").startActiveSpan("GET /stock", options, caller, (span) => {
    span.end();
    return c.text("3 books\n");
  });
});

const stockServer = Deno.serve(
  { hostname: "127.0.0.1", port: 0, onListen: () => {} },
  stockApp.fetch,
);

const shopApp = new Hono();

shopApp.get("/", (c) => {
  const options = { kind: SpanKind.SERVER };
  return shop.getTracer("shop").startActiveSpan("GET /", options, async (span) => {
    try {
      // The stock room continues the trace in these headers. Which line adds it?
      const headers: Record<string, string> = {};
      const answer = await fetch(`http://127.0.0.1:${stockServer.addr.port}/stock`, { headers });
      return c.text(`In the shop: ${await answer.text()}`);
    } finally {
      span.end();
    }
  });
});

const server = Deno.serve({ hostname: "127.0.0.1", port: 5000 }, shopApp.fetch);
Deno.addSignalListener("SIGINT", () => server.shutdown());
await server.finished;
await stockServer.shutdown();
await Promise.all([shop.shutdown(), stock.shutdown()]);

function createProvider(serviceName: string): BasicTracerProvider {
  return new BasicTracerProvider({
    resource: resourceFromAttributes({ [ATTR_SERVICE_NAME]: serviceName }),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
}
