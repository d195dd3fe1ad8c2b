// Like node_http.mjs, but with Koa.
import process from "node:process";
import Koa from "koa";

const app = new Koa();
app.use(async (context) => {
  const [, first, port] = context.path.split("/");
  if (first === "shops") {
    context.set("x-shop", "open");
    context.body = "order 7\n";
  } else if (first === "suppliers") {
    const answer = await fetch(`http://127.0.0.1:${port}/`);
    context.body = await answer.text();
  }
});
const server = app.listen(0, "127.0.0.1", () => {
  process.stderr.write(`Listening on http://127.0.0.1:${server.address().port}/\n`);
});
