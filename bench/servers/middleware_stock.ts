/** The base app with the kit's middleware in an importer's setup: with the stock SDK and exporter. */
import { Hono } from "hono";
import { httpInstrumentation } from "../../lib/instrumentation/http_instrumentation.ts";
import { serveUntilSignal } from "./serve_until_signal.ts";
import { startStockProvider } from "./stock_provider.ts";

const provider = startStockProvider();

const app = new Hono();
app.use(httpInstrumentation());
app.get("/", (c) => c.text("Hello, World! from our plain Hono App\n", 200));

await serveUntilSignal(app.fetch);
await provider.shutdown();
