// Bonus exercise, step 23: a value that travels with the request.
//
// A shop knows who its customer is, and its stock room doesn't. Both run here, each with its own
// provider: WorkshopShop on port 5000, and WorkshopStock on a free port.
// Run it with `deno task baggage`. The guide checks what they send.

import { context, propagation, SpanKind } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import {
  CompositePropagator,
  W3CBaggagePropagator,
  W3CTraceContextPropagator,
} from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BasicTracerProvider, BatchSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { ATTR_SERVICE_NAME } from "@opentelemetry/semantic-conventions";
import { Hono } from "hono";

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
// Writes and reads two headers: traceparent, and baggage.
propagation.setGlobalPropagator(
  new CompositePropagator({
    propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()],
  }),
);

const shop = createProvider("WorkshopShop");
const stock = createProvider("WorkshopStock");

const stockApp = new Hono();

stockApp.get("/stock", (c) => {
  const caller = propagation.extract(context.active(), c.req.header());
  const options = { kind: SpanKind.SERVER };
  return stock.getTracer("stock").startActiveSpan("GET /stock", options, caller, (span) => {
    // 2. Read the entry "app.customer.tier" of the baggage, and set it as an attribute of the span.
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
      // 1. Put the entry "app.customer.tier" with the value "gold" into the baggage of this context.
      const withBaggage = context.active();
      const headers: Record<string, string> = {};
      propagation.inject(withBaggage, headers);
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
