/** A server with its own instrumentation, selected by the argument: this project's or Hono's. */
import { httpInstrumentationMiddleware } from "@hono/otel";
import { Hono } from "hono";
import { captureHeaders } from "../../../lib/instrumentation/headers.ts";
import { httpInstrumentation } from "../../../lib/instrumentation/http_instrumentation.ts";

const INSTRUMENTATIONS: Record<string, () => ReturnType<typeof httpInstrumentation>> = {
  "otel-kit": () => httpInstrumentation({ headers: captureHeaders({ request: ["x-mine"] }) }),
  "@hono/otel": () => httpInstrumentationMiddleware(),
};

const [name = ""] = Deno.args;
const app = new Hono().use(INSTRUMENTATIONS[name]!());
const part = new Hono().get("/:id", (c) => c.text(`order ${c.req.param("id")}\n`));
app.route("/orders", part);
app.get("/error", () => {
  throw new RangeError("no more shoes");
});

Deno.serve({
  hostname: "127.0.0.1",
  port: 0,
  onListen: ({ port }) => {
    Deno.stderr.writeSync(new TextEncoder().encode(`Listening on http://127.0.0.1:${port}/\n`));
  },
}, app.fetch);
