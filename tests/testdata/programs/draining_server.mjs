// Handles SIGTERM itself: answers the pending request, then exits with code 3.
import http from "node:http";
import process from "node:process";

let waiting;
const server = http.createServer((_request, response) => {
  waiting = response;
  process.stderr.write("Waiting\n");
});
server.listen(0, "127.0.0.1", () => {
  process.stderr.write(`Listening on http://127.0.0.1:${server.address().port}/\n`);
});
process.once("SIGTERM", () => {
  server.close();
  waiting?.setHeader("connection", "close").end("late\n");
  process.exitCode = 3;
});
