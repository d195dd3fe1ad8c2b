// Requests the server in TARGET_URL itself, in a worker thread, and in a child process, and exits.
import { execFileSync } from "node:child_process";
import http from "node:http";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { isMainThread, Worker } from "node:worker_threads";

const self = fileURLToPath(import.meta.url);

http.get(process.env.TARGET_URL, (response) => response.resume());
if (isMainThread && process.argv[2] !== "child") {
  new Worker(self);
  execFileSync(process.execPath, [self, "child"]);
}
