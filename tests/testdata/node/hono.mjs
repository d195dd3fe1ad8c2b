// An uninstrumented server on any free port.
import process from "node:process";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { end } from "./endings.mjs";

const app = new Hono();
const orders = new Hono().get("/:id", (c) => c.text(`order ${c.req.param("id")}\n`, 200, { "x-shop": "open" }));
app.route("/orders", orders);
app.get("/error", () => {
  throw new RangeError("no more shoes");
});
app.get("/end/:ending", (c) => c.text(end(c.req.param("ending"))));

serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 }, ({ port }) => {
  process.stderr.write(`Listening on http://127.0.0.1:${port}/\n`);
});
