// As hono.mjs, by `require`, and of another preset.
const process = require("node:process");
const { serve } = require("@hono/node-server");
const { Hono } = require("hono/tiny");

const app = new Hono();
app.get("/orders/:id", (c) => c.text(`order ${c.req.param("id")}\n`, 200, { "x-shop": "open" }));
app.get("/error", () => {
  throw new RangeError("no more shoes");
});

serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 }, ({ port }) => {
  process.stderr.write(`Listening on http://127.0.0.1:${port}/\n`);
});
