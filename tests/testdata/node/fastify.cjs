// As fastify.mjs, by `require`, with an error handler of its own.
const process = require("node:process");
const app = require("fastify")();

app.get("/orders/:id", (request, reply) => {
  reply.header("x-shop", "open").send(`order ${request.params.id}\n`);
});
app.get("/error", () => {
  throw new RangeError("no more shoes");
});
app.setErrorHandler((_error, _request, reply) => void reply.code(500).send("sorry"));

app.listen({ host: "127.0.0.1", port: 0 }).then((url) => {
  process.stderr.write(`Listening on ${url}/\n`);
});
