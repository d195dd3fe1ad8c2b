// Like express.mjs, but with Hono on its server for Node.
import process from "node:process";
import { serve } from "@hono/node-server";
import { Hono } from "hono";

const app = new Hono();
app.get(
  "/shops/:shop/orders/:id",
  (c) => c.text(`order ${c.req.param("id")}\n`, 200, { "x-shop": "open" }),
);
app.get("/error", () => {
  throw new RangeError("no more shoes");
});
app.get("/suppliers/:port", async (c) => {
  const answer = await fetch(`http://127.0.0.1:${c.req.param("port")}/`);
  return c.text(await answer.text());
});

serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 }, ({ port }) => {
  process.stderr.write(`Listening on http://127.0.0.1:${port}/\n`);
});
