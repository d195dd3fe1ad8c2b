// Like hono.mjs, but with Express.
import process from "node:process";
import express from "express";
import { end } from "./endings.mjs";

const app = express();
app.get("/orders/:id", (request, response) => response.send(`order ${request.params.id}\n`));
app.get("/end/:ending", (request, response) => response.send(end(request.params.ending)));

const server = app.listen(0, "127.0.0.1", () => {
  process.stderr.write(`Listening on http://127.0.0.1:${server.address().port}/\n`);
});
