// An uninstrumented Express server on any free port.
import process from "node:process";
import express from "express";

const app = express();
app.use(express.json());

const lines = express.Router({ mergeParams: true });
lines.get("/", (request, response) => {
  response.set("x-shop", "open").send(`lines of ${request.params.order}\n`);
});

const orders = express.Router();
orders.use("/:order/lines", lines);
orders.route("/:id").get((request, response) => {
  response.set("x-shop", "open");
  response.write(`order ${request.params.id}\n`);
  response.end();
});
app.use("/shops/:shop/orders", orders);

app.get("/error", () => {
  throw new RangeError("no more shoes");
});
app.get("/answered", (_request, _response, next) => next(new RangeError("sold out")));
app.get("/passed", (_request, _response, next) => next());
app.use("/answered", (error, _request, response, _next) => {
  response.status(503).send(`${error.message}\n`);
});
app.get("/suppliers/:port", async (request, response) => {
  const answer = await fetch(`http://127.0.0.1:${request.params.port}/`);
  response.send(await answer.text());
});
app.use("/guarded", () => {
  throw new TypeError("no key");
});

const server = app.listen(0, "127.0.0.1", () => {
  process.stderr.write(`Listening on http://127.0.0.1:${server.address().port}/\n`);
});
