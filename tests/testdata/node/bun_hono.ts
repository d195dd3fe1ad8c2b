// An uninstrumented server on any free port.
import process from "node:process";
import { Hono } from "hono";
import { end } from "./endings.mjs";

const app = new Hono();
app.get("/orders/:id", (c) => c.text(`order ${c.req.param("id")}\n`, 200, { "x-shop": "open" }));
app.get("/error", () => {
  throw new RangeError("no more shoes");
});
app.get("/text", () => {
  throw "no more shoes";
});
app.get("/end/:ending", (c) => c.text(end(c.req.param("ending"))));

const server = Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: app.fetch });
process.stderr.write(`Listening on http://127.0.0.1:${server.port}/\n`);
