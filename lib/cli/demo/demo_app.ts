import type { ModeName } from "../../../apps/mod.ts";
import { within } from "../../time.ts";
import { StartError } from "../errors.ts";
import type { AppRequest, AppResponse } from "./app_messages.ts";

/** An app that is served by a worker. */
export interface DemoApp {
  mode: ModeName;
  url: string;
  port: number;
  /** How long spans wait for their batch; undefined without telemetry. */
  batchDelayMs: number | undefined;
  /** Finishes requests in flight, flushes the queue, and ends the worker, within the given time. */
  shutdown(timeoutMillis: number): Promise<void>;
}

/** A worker that is ready to start the app. */
export interface DemoAppWorker {
  /**
   * Starts the app with the telemetry in its environment; on any free port if the requested one is taken.
   *
   * @throws {StartError} If it cannot be started.
   */
  start(address: { hostname: string; port: number }): Promise<DemoApp>;
  terminate(): void;
}

/** Creates the worker of a mode's app. */
export function createDemoApp(mode: ModeName, report: (line: string) => void): DemoAppWorker {
  const worker = new Worker(new URL("./app_worker.ts", import.meta.url), {
    type: "module",
    name: mode,
  });
  const started = Promise.withResolvers<AppResponse & { kind: "listening" }>();
  // The error is reported to the code that starts the app.
  started.promise.catch(() => {});
  const stopped = Promise.withResolvers<void>();
  worker.onmessage = ({ data }: MessageEvent<AppResponse>) => {
    if (data.kind === "report") report(data.line);
    else if (data.kind === "listening") started.resolve(data);
    else if (data.kind === "stopped") stopped.resolve();
    else started.reject(new StartError(`Cannot start the app of mode ${mode}: ${data.message}`));
  };
  worker.onerror = (event) => {
    event.preventDefault();
    report(`The app of mode ${mode} failed: ${event.message}`);
    started.reject(new StartError(`Cannot start the app of mode ${mode}: ${event.message}`));
    stopped.resolve();
  };
  const send = (request: AppRequest) => worker.postMessage(request);

  return {
    async start({ hostname, port }) {
      send({ kind: "start", mode, hostname, port });
      const listening = await started.promise;
      return {
        mode,
        url: `http://${hostname}:${listening.port}`,
        port: listening.port,
        batchDelayMs: listening.batchDelayMs,
        async shutdown(timeoutMillis) {
          send({ kind: "stop", timeoutMillis });
          await within(timeoutMillis, stopped.promise);
          worker.terminate();
        },
      };
    },
    terminate: () => worker.terminate(),
  };
}
