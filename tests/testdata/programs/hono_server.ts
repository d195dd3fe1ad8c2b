/** An uninstrumented server on any free port. */
import { Hono } from "hono";

const app = new Hono();
app.get("/orders/:id", (c) => c.text(`order ${c.req.param("id")}\n`));
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
