/** The shop with a database and more: the same app as flask_twin.py. Neither knows of telemetry. */
import process from "node:process";
import pg from "pg";
import { createApp } from "./app.mjs";

/** Creates the app. `openKv` is missing on some platforms. */
export async function createTwin({ upgradeWebSocket, openKv }) {
  const app = createApp({ upgradeWebSocket });
  const port = Number(process.env.SHOP_PORT);
  const pool = new pg.Pool({ host: "127.0.0.1", port, user: "shop", database: "postgres" });
  const kv = await openKv?.(":memory:");
  let release;
  const released = new Promise((resolve) => release = resolve);

  app.get("/orders/:id", (c) => c.text(`order ${c.req.param("id")}`));
  app.get("/log", (c) => {
    console.warn("sold out");
    return c.text("logged");
  });
  app.get("/call", async (c) => {
    const response = await fetch(`${process.env.SHOP_WAREHOUSE}/called`);
    return c.text(await response.text());
  });
  app.get("/called", (c) => c.text(c.req.header("baggage") ?? ""));
  app.get("/database", async (c) => {
    await pool.query("select 'secret', relname from pg_class where oid = $1", [1]);
    return c.text("asked");
  });
  if (kv) {
    app.get("/kv", async (c) => {
      await kv.set(["shoes", 1], "red");
      return c.text("asked");
    });
  }
  app.get("/stream", (c) =>
    c.body(
      new ReadableStream({
        start: (controller) => controller.enqueue(new TextEncoder().encode("first ")),
        async pull(controller) {
          await released;
          controller.enqueue(new TextEncoder().encode("last"));
          controller.close();
        },
      }),
    ));
  app.get("/release", (c) => {
    release();
    return c.text("released");
  });
  app.get("/exit", () => process.exit(0));
  return app;
}
