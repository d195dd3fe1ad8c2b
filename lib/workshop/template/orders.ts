// Bonus exercise, step 20: every order is slow, and no client sees what fails.
//
// For simplicity, one file contains three services: WorkshopOrders on port 5000, and WorkshopPrices
// and WorkshopStock on free ports. Don't look for the fault here yet: look at a trace.
// Run it with `deno task orders`. The guide checks what they send.

import { context, propagation, type Span, SpanKind, SpanStatusCode } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BasicTracerProvider, BatchSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { ATTR_SERVICE_NAME } from "@opentelemetry/semantic-conventions";
import { type Context, Hono } from "hono";

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
propagation.setGlobalPropagator(new W3CTraceContextPropagator());

const ITEMS = ["pen", "ink", "book", "lamp", "desk", "chair", "clock", "globe"];
const QUERY_MS = 50;

const prices = createService("WorkshopPrices", {
  "/price/:item": async (c) => {
    await query();
    return String(c.req.param("item")?.length);
  },
  "/prices": async () => {
    await query();
    return ITEMS.map((item) => item.length).join();
  },
});

const stock = createService("WorkshopStock", {
  "/stock": () => Promise.reject(new Error("No connection to the warehouse")),
});

const orders = createService("WorkshopOrders", {
  "/": async () => {
    const priceOfEach: number[] = [];
    for (const item of ITEMS) {
      priceOfEach.push(Number(await call(prices.url, `/price/${item}`)));
    }
    const delivery = await call(stock.url, "/stock").catch(() => "some day");
    return `Order of ${priceOfEach.reduce((sum, price) => sum + price)}, delivery ${delivery}\n`;
  },
}, 5000);

Deno.addSignalListener("SIGINT", () => orders.shutdown());
await orders.finished;
await Promise.all([prices.shutdown(), stock.shutdown()]);

/** Takes as long as a database would for one query, about one item or all of them. */
function query(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, QUERY_MS));
}

/** Calls another service, and passes the trace context on. */
async function call(url: string, path: string): Promise<string> {
  const headers: Record<string, string> = {};
  propagation.inject(context.active(), headers);
  const response = await fetch(url + path, { headers });
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
}

/** Starts a service. Each of its routes has a span, which continues the caller's trace. */
function createService(
  name: string,
  routes: Record<string, (c: Context) => Promise<string>>,
  port = 0,
) {
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ [ATTR_SERVICE_NAME]: name }),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  const tracer = provider.getTracer("orders.ts");
  const app = new Hono();
  for (const [route, answer] of Object.entries(routes)) {
    app.get(route, (c) => {
      const caller = propagation.extract(context.active(), c.req.header());
      const options = { kind: SpanKind.SERVER };
      return tracer.startActiveSpan(`GET ${route}`, options, caller, async (span: Span) => {
        try {
          return c.text(await answer(c));
        } catch (error) {
          if (error instanceof Error) span.recordException(error);
          span.setStatus({ code: SpanStatusCode.ERROR });
          return c.text(String(error), 503);
        } finally {
          span.end();
        }
      });
    });
  }
  const server = Deno.serve({ hostname: "127.0.0.1", port, onListen: () => {} }, app.fetch);
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    finished: server.finished,
    async shutdown() {
      await server.shutdown();
      await provider.shutdown();
    },
  };
}
