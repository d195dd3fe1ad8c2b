// Exercise 3, solved: a counter and a histogram, with an attribute that has few values.

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
const meter = metrics.getMeter("metrics.ts");

const orders = meter.createCounter("workshop.orders", { unit: "{order}" });
const duration = meter.createHistogram("workshop.order.duration", {
  unit: "s",
  advice: { explicitBucketBoundaries: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1] },
});

const app = new Hono();

app.get("/", (c) => c.text("Order at /order/book\n"));

app.get("/order/:item", async (c) => {
  const start = performance.now();
  const item = c.req.param("item");
  await deliver();
  // The customer has too many values for a metric: each would be a series of its own.
  const attributes = { item };
  orders.add(1, attributes);
  const seconds = (performance.now() - start) / 1000;
  duration.record(seconds, attributes);
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
