import { metrics, trace } from "@opentelemetry/api";
import { logs } from "@opentelemetry/api-logs";
import { createRequire } from "node:module";
import process from "node:process";
import { isMainThread, Worker } from "node:worker_threads";
import { type CopiedBatch, copyBatch } from "./copied_batch.ts";
import { sendCopies } from "./exit_worker.ts";
import { type Batch, followExports, type SdkExporter, type SdkProviders } from "./unsent.ts";

/** How long sending may delay the end of the process. */
const TIMEOUT_MS = 5000;

const SIGNALS = ["trace", "logs", "metrics"];
const PROTOCOLS = ["proto", "http", "grpc"];

/**
 * Sends what is queued when the process exits because of `process.exit`, or of an error that nobody caught. Node
 * runs no asynchronous code then, so a worker thread sends it while this thread waits. Nothing happens if
 * nothing is queued.
 *
 * Only OTLP exporters that are configured by variables can work in a worker.
 */
export function sendAtExit(register: string): void {
  if (!isMainThread) return;
  const takeUnsent = followExports(findProviders());
  const modules = exporterModules(register);
  process.on("exit", () => {
    try {
      send(takeUnsent(), modules);
    } catch {
      // The process ends without it.
    }
  });
}

function findProviders(): SdkProviders {
  const tracers: object & { getDelegate?: () => object } = trace.getTracerProvider();
  return {
    tracers: tracers.getDelegate?.() ?? tracers,
    loggers: logs.getLoggerProvider(),
    meters: metrics.getMeterProvider(),
  } as SdkProviders;
}

/** Paths of the exporters' packages, which depend on the protocol. */
function exporterModules(register: string): (exporter: SdkExporter) => string | undefined {
  const own = createRequire(register);
  const sdk = createRequire(own.resolve("@opentelemetry/sdk-node"));
  const packages = SIGNALS.flatMap((signal) =>
    PROTOCOLS.map((protocol) => `@opentelemetry/exporter-${signal}-otlp-${protocol}`)
  );
  return ({ constructor }) =>
    packages.map((name) => sdk.resolve(name)).find((path) =>
      sdk.cache[path]?.exports[constructor.name] === constructor
    );
}

function send(batches: Batch[], moduleOf: ReturnType<typeof exporterModules>): void {
  const copies: CopiedBatch[] = [];
  for (const { exporter, items } of batches) {
    const path = moduleOf(exporter);
    if (path) copies.push(copyBatch({ path, name: exporter.constructor.name }, items));
    // Others, such as the console's, may need no answer.
    else exporter.export(items, () => {});
  }
  if (copies.length === 0) return;
  const isDone = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  new Worker(`(${sendCopies})(require)`, {
    eval: true,
    workerData: { copies, isDone },
    // It must not be instrumented itself.
    execArgv: [],
    env: { ...process.env, NODE_OPTIONS: "" },
  });
  Atomics.wait(isDone, 0, 0, TIMEOUT_MS);
}
