// Like hono.mjs, but with Fastify.
import process from "node:process";
import fastify from "fastify";
import { end } from "./endings.mjs";

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
app.get("/end/:ending", (request, reply) => reply.send(end(request.params.ending)));

const url = await app.listen({ host: "127.0.0.1", port: 0 });
process.stderr.write(`Listening on ${url}/\n`);
