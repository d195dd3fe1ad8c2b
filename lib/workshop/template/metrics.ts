// Exercise 3, step 13b: count orders, and measure how long they take.
//
// The provider is ready: it sends metrics every five seconds. Each numbered comment describes what to
// add; the step's text shows how, and its checks have the same numbers.
// Run it with `deno task metrics`. The guide checks what it sends.

import { metrics } from "@opentelemetry/api";
import { OTLPMetricExporter } from "@opentelemetry/exporter-metrics-otlp-proto";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import { ATTR_SERVICE_NAME } from "@opentelemetry/semantic-conventions";
import { Hono } from "hono";

// This SDK doesn't read the variable itself. Not every SDK reads every OTEL_* variable.
const everyMillis = Number(Deno.env.get("OTEL_METRIC_EXPORT_INTERVAL") ?? 5000);
const provider = new MeterProvider({
  resource: resourceFromAttributes({
    [ATTR_SERVICE_NAME]: "WorkshopMetrics",
    // Tells two runs of the app apart, whose numbers both begin at zero.
    "service.instance.id": crypto.randomUUID(),
  }),
  readers: [
    new PeriodicExportingMetricReader({
      exporter: new OTLPMetricExporter(),
      exportIntervalMillis: everyMillis,
      exportTimeoutMillis: everyMillis,
    }),
  ],
});
metrics.setGlobalMeterProvider(provider);

// 1. Get a meter: metrics.getMeter("metrics.ts"). Create its counter "workshop.orders" with the unit
//    "{order}".

// 2. Create a histogram "workshop.order.duration" with the unit "s". Its default buckets are meant
//    for milliseconds: give it buckets from 5 ms to 1 s.

const app = new Hono();

app.get("/", (c) => c.text("Order at /order/book\n"));

app.get("/order/:item", async (c) => {
  const start = performance.now();
  const item = c.req.param("item");
  const customer = c.req.header("customer") ?? crypto.randomUUID();
  await deliver();
  // 3. Every combination of attributes is a series of its own. Which of the two has few values?
  const attributes = { item, customer };

  // 1. Add 1 to the counter, with the attributes.
  // 2. Record the seconds since the start in the histogram, with the attributes.
  const seconds = (performance.now() - start) / 1000;
  return c.text(`Ordered: ${attributes.item}, in ${seconds.toFixed(3)} s\n`);
});

const server = Deno.serve({ hostname: "127.0.0.1", port: 5000 }, app.fetch);
Deno.addSignalListener("SIGINT", () => server.shutdown());
await server.finished;
await provider.shutdown();

/** Takes between 5 and 55 ms. */
function deliver(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5 + 50 * Math.random()));
}
