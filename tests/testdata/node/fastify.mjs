// Like hono.mjs, but with Fastify.
import process from "node:process";
import fastify from "fastify";

const app = fastify();
app.register((orders, _options, done) => {
  orders.get("/:id", (request, reply) => {
    reply.header("x-shop", "open").send(`order ${request.params.id}\n`);
  });
  done();
}, { prefix: "/orders" });
app.get("/error", () => {
  throw new RangeError("no more shoes");
});

const url = await app.listen({ host: "127.0.0.1", port: 0 });
process.stderr.write(`Listening on ${url}/\n`);
