// Like express.mjs, but without a framework.
import { createServer } from "node:http";
import process from "node:process";

const server = createServer(async ({ url }, response) => {
  const [, first, port] = url.split("/");
  if (first === "shops") response.setHeader("x-shop", "open").end("order 7\n");
  else if (first === "suppliers") {
    const answer = await fetch(`http://127.0.0.1:${port}/`);
    response.end(await answer.text());
  } else response.writeHead(404).end();
});
server.listen(0, "127.0.0.1", () => {
  process.stderr.write(`Listening on http://127.0.0.1:${server.address().port}/\n`);
});
