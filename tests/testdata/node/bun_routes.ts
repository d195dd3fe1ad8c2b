// Like bun_hono.ts, but with Bun's own routes.
import process from "node:process";

const server = Bun.serve({
  hostname: "127.0.0.1",
  port: 0,
  routes: {
    "/orders/:id": {
      GET: (request) =>
        new Response(`order ${request.params.id}\n`, { headers: { "x-shop": "open" } }),
    },
    "/error": () => {
      throw new RangeError("no more shoes");
    },
    "/text": () => {
      throw "no more shoes";
    },
    "/static": new Response("static\n"),
  },
  fetch: () => new Response("none", { status: 404 }),
  error: () => new Response("sorry", { status: 500 }),
});
process.stderr.write(`Listening on http://127.0.0.1:${server.port}/\n`);
