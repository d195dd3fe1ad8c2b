// Like express.mjs, but with Fastify.
import process from "node:process";
import fastify from "fastify";

const app = fastify();
app.register((orders, _options, done) => {
  orders.get("/:id", async (request, reply) => {
    reply.header("x-shop", "open");
    return `order ${request.params.id}\n`;
  });
  done();
}, { prefix: "/shops/:shop/orders" });
app.get("/error", () => {
  throw new RangeError("no more shoes");
});
app.get("/answered", {
  errorHandler: (error, _request, reply) => reply.status(503).send(`${error.message}\n`),
}, async () => {
  throw new RangeError("sold out");
});
app.get("/suppliers/:port", async (request) => {
  const answer = await fetch(`http://127.0.0.1:${request.params.port}/`);
  return await answer.text();
});
app.get("/guarded", {
  preHandler: () => {
    throw new TypeError("no key");
  },
}, () => "open\n");

const url = await app.listen({ host: "127.0.0.1", port: 0 });
process.stderr.write(`Listening on ${url}/\n`);
