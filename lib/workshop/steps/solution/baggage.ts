// Bonus exercise, step 23, solved: the shop puts a value into the baggage, the stock room reads it.

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
    const tier = propagation.getBaggage(caller)?.getEntry("app.customer.tier")?.value;
    if (tier !== undefined) span.setAttribute("app.customer.tier", tier);
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
      const baggage = propagation.createBaggage({ "app.customer.tier": { value: "gold" } });
      const withBaggage = propagation.setBaggage(context.active(), baggage);
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
