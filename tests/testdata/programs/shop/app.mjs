/**
 * An uninstrumented app with typical features: parts with base paths, a mounted app, JSX, authorization,
 * validation, streams, WebSocket, an error handler, and a request to another app.
 */
import { Hono } from "hono";
import { bearerAuth } from "hono/bearer-auth";
import { HTTPException } from "hono/http-exception";
import { jsx } from "hono/jsx";
import { logger } from "hono/logger";
import { streamSSE } from "hono/streaming";
import { validator } from "hono/validator";

class OutOfStock extends Error {
  name = "OutOfStock";
}

/**
 * Creates the app.
 *
 * @param platform What differs between platforms: the function for WebSockets, and the URL of the other app.
 */
export function createApp({ upgradeWebSocket, downstream = "" }) {
  const users = new Hono()
    .get("/", (c) => c.json([{ id: 1 }]))
    .get("/:id{[0-9]+}", (c) => c.json({ id: Number(c.req.param("id")) }))
    .post(
      "/",
      validator("json", (body, c) => body?.name ? body : c.json({ error: "name" }, 422)),
      (c) => c.json(c.req.valid("json"), 201),
    );

  const admin = new Hono().basePath("/v1");
  admin.use(bearerAuth({ token: "s3cret" }));
  admin.get("/stats", (c) => c.json({ ok: true }));

  const legacy = new Hono().get("/old/:x", (c) => c.text(`old ${c.req.param("x")}`));

  const app = new Hono();
  app.use(logger(() => {}));
  app.route("/users", users);
  app.route("/admin", admin);
  app.mount("/legacy", legacy.fetch);
  app.get("/", (c) => c.html(jsx("h1", {}, "shop").toString()));
  app.get("/error", () => {
    throw new OutOfStock("no more shoes");
  });
  app.get("/missing", () => {
    throw new HTTPException(404, { message: "no such thing" });
  });
  app.get("/broken", (c) => c.text("broken", 500));
  app.get("/down", (c) => c.json({ traceparent: c.req.header("traceparent") ?? "" }));
  app.get("/proxy", async (c) => {
    const answer = await fetch(`${downstream || new URL(c.req.url).origin}/down?sig=secret`);
    return c.text(await answer.text());
  });
  app.get("/events", (c) =>
    streamSSE(c, async (stream) => {
      for (let i = 0; i < 3; i++) await stream.writeSSE({ data: String(i) });
    }));
  if (upgradeWebSocket) {
    app.get(
      "/ws",
      upgradeWebSocket(() => ({ onMessage: ({ data }, socket) => socket.send(`echo ${data}`) })),
    );
  }
  app.onError((error, c) =>
    error instanceof HTTPException ? error.getResponse() : c.json({ error: error.message }, 500)
  );
  return app;
}
