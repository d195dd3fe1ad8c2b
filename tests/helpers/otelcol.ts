import { poll } from "./poll.ts";
import { freePort } from "./ports.ts";
import { SERVERS } from "./servers.ts";

/** How long it may take to write the data that it received. */
const PATIENCE_MS = 20_000;

/** The real Collector, configured to write received data to a file. */
export interface Otelcol {
  endpoints: { http: string; grpc: string };
  /** Starts it, or starts it again. Until then nothing listens at the endpoints. */
  start(): Promise<void>;
  /** Kills it immediately, whatever it is doing. */
  kill(): Promise<void>;
  /** How many lines have been written so far. */
  countLines(): Promise<number>;
  /** Resolves with the output once it has this many lines, one per request. */
  waitForLines(count: number): Promise<string>;
}

/**
 * Runs a Collector on free ports, and stops it afterward.
 *
 * @param tls The TLS settings of its receivers, in its configuration's format. Default: no TLS.
 */
export async function withOtelcol(
  use: (otelcol: Otelcol) => Promise<void>,
  tls?: Record<string, string>,
): Promise<void> {
  const directory = await Deno.makeTempDir();
  const [http, grpc] = [freePort(), freePort()];
  const origin = tls ? "https://localhost" : "http://127.0.0.1";
  const file = `${directory}/received.jsonl`;
  await Deno.writeTextFile(file, "");
  await Deno.writeTextFile(
    `${directory}/config.json`,
    JSON.stringify(config(http!, grpc!, file, tls)),
  );
  let child: Deno.ChildProcess | undefined;
  try {
    await use({
      endpoints: { http: `${origin}:${http}`, grpc: `${origin}:${grpc}` },
      async start() {
        child = new Deno.Command(SERVERS.collector, {
          args: ["--config", `${directory}/config.json`],
          stdout: "null",
          stderr: "null",
        }).spawn();
        await Promise.all([waitForPort(http), waitForPort(grpc)]);
      },
      async kill() {
        child?.kill("SIGKILL");
        await child?.status;
        child = undefined;
      },
      countLines: async () => (await Deno.readTextFile(file)).split("\n").length - 1,
      async waitForLines(count) {
        using watcher = Deno.watchFs(file);
        const timer = setTimeout(() => watcher.close(), PATIENCE_MS);
        try {
          for (;;) {
            const text = await Deno.readTextFile(file);
            if (text.split("\n").length > count) return text;
            const { done } = await watcher[Symbol.asyncIterator]().next();
            if (done) throw new Error(`The Collector did not write ${count} lines:\n${text}`);
          }
        } finally {
          clearTimeout(timer);
        }
      },
    });
  } finally {
    child?.kill("SIGTERM");
    await child?.status;
    await Deno.remove(directory, { recursive: true });
  }
}

function config(http: number, grpc: number, path: string, tls?: Record<string, string>) {
  const pipeline = { receivers: ["otlp"], exporters: ["file"] };
  return {
    receivers: {
      otlp: {
        protocols: {
          http: { endpoint: `127.0.0.1:${http}`, ...tls && { tls } },
          grpc: { endpoint: `127.0.0.1:${grpc}`, ...tls && { tls } },
        },
      },
    },
    exporters: { file: { path, flush_interval: "100ms", append: true } },
    service: {
      telemetry: { metrics: { level: "none" } },
      pipelines: { traces: pipeline, metrics: pipeline, logs: pipeline },
    },
  };
}

async function waitForPort(port: number): Promise<void> {
  await poll(async () => {
    try {
      (await Deno.connect({ hostname: "127.0.0.1", port })).close();
      return { result: true };
    } catch (error) {
      return { answer: String(error) };
    }
  }, `port ${port}, where the Collector is to listen`);
}
