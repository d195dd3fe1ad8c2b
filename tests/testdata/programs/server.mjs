import http from "node:http";
import process from "node:process";

const server = http.createServer((_request, response) => response.end("hello\n"));
server.listen(0, "127.0.0.1", () => {
  process.stderr.write(`Listening on http://127.0.0.1:${server.address().port}/\n`);
});
