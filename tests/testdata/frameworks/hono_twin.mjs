// The same app as flask_twin.py, also uninstrumented.
import { Hono } from "hono";
import process from "node:process";
import pg from "pg";

const port = Number(process.env.SHOP_PORT);
const pool = new pg.Pool({ host: "127.0.0.1", port, user: "shop", database: "postgres" });
const kv = await Deno.openKv(":memory:");
const released = Promise.withResolvers();

const app = new Hono();
app.get("/orders/:id", (c) => c.text(`order ${c.req.param("id")}`));
app.get("/error", () => {
  throw new RangeError("no more shoes");
});
app.get("/log", (c) => {
  console.warn("sold out");
  return c.text("logged");
});
app.get("/call", async (c) => c.text(await (await fetch(new URL("/called", c.req.url))).text()));
app.get("/called", (c) => c.text(c.req.header("baggage") ?? ""));
app.get("/database", async (c) => {
  await pool.query("select 'secret', relname from pg_class where oid = $1", [1]);
  return c.text("asked");
});
app.get("/kv", async (c) => {
  await kv.set(["shoes", 1], "red");
  return c.text("asked");
});
app.get("/stream", (c) =>
  c.body(
    new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode("first ")),
      async pull(controller) {
        await released.promise;
        controller.enqueue(new TextEncoder().encode("last"));
        controller.close();
      },
    }),
  ));
app.get("/release", (c) => {
  released.resolve();
  return c.text("released");
});
app.get("/exit", () => Deno.exit(0));

Deno.serve({
  hostname: "127.0.0.1",
  port: 0,
  onListen: ({ port }) => process.stderr.write(`Listening on http://127.0.0.1:${port}/\n`),
}, app.fetch);
