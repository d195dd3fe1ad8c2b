/** A worker of the store that fails when asked for the operations of a service with a matching name. */
import { parentPort } from "node:worker_threads";
import process from "node:process";
import "../../../lib/collector/store/worker/store_worker.ts";
import type { StoreCall } from "../../../lib/collector/store/worker/store_calls.ts";

parentPort?.once("message", (port: MessagePort) => {
  port.addEventListener("message", ({ data: { method, args } }: MessageEvent<StoreCall>) => {
    if (method !== "operations") return;
    if (args[0] === "exit") process.exit(3);
    if (args[0] !== "throw") return;
    setTimeout(() => {
      throw new Error("out of luck");
    });
  });
});
