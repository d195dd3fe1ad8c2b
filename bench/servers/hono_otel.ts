/** The base app with @hono/otel, set up like in its README: with the stock SDK and exporter. */
import { httpInstrumentationMiddleware } from "@hono/otel";
import { Hono } from "hono";
import { serveUntilSignal } from "./serve_until_signal.ts";
import { startStockProvider } from "./stock_provider.ts";

const provider = startStockProvider();

const app = new Hono();
app.use(httpInstrumentationMiddleware());
app.get("/", (c) => c.text("Hello, World! from our plain Hono App\n", 200));

await serveUntilSignal(app.fetch);
await provider.shutdown();
