import { parse } from "yaml";
import { fileURLToPath } from "node:url";
import { areGranted, type Condition } from "./needs.ts";
import { onPath } from "./on_path.ts";
import { type Launch, spawn } from "./program.ts";
import { type Json, poll } from "./poll.ts";
import { freePort } from "./ports.ts";

/** The real servers, found on PATH. */
export const SERVERS = {
  collector: onPath("otelcol"),
  jaeger: onPath("jaeger"),
  zipkin: onPath("zipkin.jar"),
  prometheus: onPath("prometheus"),
  prometheus3: onPath("prometheus3"),
  promtool: onPath("promtool"),
} as const;

/** The path of a file in collector-demo. */
export function demoFile(name: string): string {
  return fileURLToPath(new URL(`../../collector-demo/${name}`, import.meta.url));
}

/** Requires the servers to be installed. */
export function needsServers(...names: (keyof typeof SERVERS)[]): Condition {
  if (!areGranted(["read"])) return { missing: undefined };
  const missing = names.map((name) => SERVERS[name]).filter((path) => !path.includes("/"));
  return { missing: missing.length > 0 ? `no ${missing.join(", ")} on PATH` : undefined };
}

/** A server of this test, on free ports. */
export interface Server extends AsyncDisposable {
  /** Ports by purpose. */
  ports: Record<string, number>;
  pid: number;
  /** Sends a signal and waits for the server to end. */
  stop(signal?: Deno.Signal): Promise<void>;
}

/** Settings for starting a Collector. */
export interface CollectorOptions {
  /** The path of its configuration, which is used unchanged except for addresses. */
  config: string;
  /** Ports to keep from an earlier run; all others are free ones. */
  ports?: Record<string, number>;
  env?: Record<string, string>;
  /** Other changes to the configuration. */
  overrides?: Json;
}

/** Starts a Collector with one of the project's configurations, with each address moved to a free port. */
export async function startCollector(
  { config, ports: fixed = {}, env = {}, overrides = {} }: CollectorOptions,
): Promise<Server> {
  const file: Json = parse(Deno.readTextFileSync(config));
  const ports: Record<string, number> = {
    grpc: freePort(),
    http: freePort(),
    metrics: freePort(),
    apps: freePort(),
    health_check: freePort(),
    pprof: freePort(),
    zpages: freePort(),
    ...fixed,
  };
  const at = (name: string) => ({ endpoint: `127.0.0.1:${ports[name]}` });
  const moved: Json = {
    receivers: { otlp: { protocols: { grpc: at("grpc"), http: at("http") } } },
    ...file.exporters.prometheus && { exporters: { prometheus: at("apps") } },
    extensions: Object.fromEntries(
      Object.keys(file.extensions).filter((name) => ports[name]).map((name) => [name, at(name)]),
    ),
    service: { telemetry: { metrics: { readers: [ownMetrics(ports.metrics!)] } } },
  };
  const args = [moved, overrides].map((map) => `--config=yaml:${JSON.stringify(map)}`);
  const launch = { command: SERVERS.collector, args: [`--config=${config}`, ...args] };
  return await startServer(launch, { env, ports, ready: ["stderr", "Everything is ready"] });
}

/** Starts a Jaeger with the storage engine of collector-demo/scale, which stores data in the folder. */
export async function startJaeger(
  directory: string,
  fixed: Record<string, number> = {},
): Promise<Server> {
  const ports: Record<string, number> = { grpc: freePort(), query: freePort(), ...fixed };
  const moved = {
    receivers: { otlp: { protocols: { grpc: { endpoint: `127.0.0.1:${ports.grpc}` } } } },
    extensions: {
      healthcheckv2: { http: { endpoint: `127.0.0.1:${freePort()}` } },
      jaeger_query: {
        http: { endpoint: `127.0.0.1:${ports.query}` },
        grpc: { endpoint: `127.0.0.1:${freePort()}` },
      },
    },
  };
  const args = [
    `--config=${demoFile("scale/jaeger.yaml")}`,
    `--config=yaml:${JSON.stringify(moved)}`,
  ];
  const env = { JAEGER_DIRECTORY: directory, OTEL_TRACES_SAMPLER: "always_off" };
  const launch = { command: SERVERS.jaeger, args };
  return await startServer(launch, { env, ports, ready: ["stderr", "Everything is ready"] });
}

/** Starts a Jaeger that keeps traces in memory. A trace is stored by the time OTLP/HTTP answers. */
export async function startMemoryJaeger(): Promise<Server> {
  const ports = { http: freePort(), query: freePort() };
  const at = (port: number) => ({ endpoint: `127.0.0.1:${port}` });
  const config = {
    receivers: { otlp: { protocols: { http: at(ports.http) } } },
    exporters: { jaeger_storage_exporter: { trace_storage: "memory" } },
    extensions: {
      jaeger_query: {
        storage: { traces: "memory" },
        http: at(ports.query),
        grpc: at(freePort()),
      },
      jaeger_storage: { backends: { memory: { memory: { max_traces: 2000 } } } },
    },
    service: {
      extensions: ["jaeger_storage", "jaeger_query"],
      pipelines: { traces: { receivers: ["otlp"], exporters: ["jaeger_storage_exporter"] } },
      telemetry: { metrics: { level: "none" } },
    },
  };
  const launch = { command: SERVERS.jaeger, args: [`--config=yaml:${JSON.stringify(config)}`] };
  const env = { OTEL_TRACES_SAMPLER: "always_off" };
  return await startServer(launch, { env, ports, ready: ["stderr", "Everything is ready"] });
}

/** Prefers fast compilation to fast code for these short-lived programs, which halves the startup time. */
const JAVA = ["-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"];

/** Starts a Zipkin that keeps traces in memory. */
export async function startZipkin(port = freePort()): Promise<Server> {
  const launch = { command: "java", args: [...JAVA, "-jar", SERVERS.zipkin] };
  const env = { QUERY_PORT: String(port) };
  return await startServer(launch, {
    env,
    ports: { query: port },
    ready: ["stdout", "Serving HTTP at"],
  });
}

/**
 * Starts a Prometheus that scrapes the addresses every second and stores its data in the folder; `more` are
 * additional flags, `settings` additional parts of its configuration.
 */
export async function startPrometheus(
  directory: string,
  targets: string[],
  more: readonly string[] = [],
  { command = SERVERS.prometheus, settings = {} }: { command?: string; settings?: Json } = {},
): Promise<Server> {
  const port = freePort();
  const config = `${directory}/prometheus.yaml`;
  const scrape = { job_name: "collector", scrape_interval: "1s", static_configs: [{ targets }] };
  await Deno.writeTextFile(config, JSON.stringify({ scrape_configs: [scrape], ...settings }));
  const args = [
    `--config.file=${config}`,
    `--storage.tsdb.path=${directory}/prometheus`,
    `--web.listen-address=127.0.0.1:${port}`,
    "--enable-feature=exemplar-storage",
    ...more,
  ];
  const ready = ["stderr", "Server is ready to receive web requests"] as const;
  return await startServer({ command, args }, {
    ports: { query: port },
    ready,
  });
}

/** One of a Collector's own metrics: the sum over its labels, or 0 if it doesn't exist yet. */
export async function ownMetric({ ports }: Server, name: string, label = ""): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${ports.metrics}/metrics`)).text();
  return text.split("\n")
    .filter((line) => line.startsWith(name) && /^(_total)?[{ ]/.test(line.slice(name.length)))
    .filter((line) => line.includes(label))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" "))), 0);
}

/** Waits until one of a Collector's own metrics has the wanted value. */
export async function waitForMetric(
  server: Server,
  name: string,
  wanted: (value: number) => boolean,
): Promise<void> {
  await poll(async () => {
    const value = await ownMetric(server, name);
    return wanted(value) ? { result: true } : { answer: `${value}` };
  }, name);
}

function ownMetrics(port: number) {
  return { pull: { exporter: { prometheus: { host: "127.0.0.1", port } } } };
}

/** Starts a server, and waits until it reports that it is ready. */
export async function startServer(
  launch: Launch,
  { env = {}, ports, ready }: {
    env?: Record<string, string>;
    ports: Record<string, number>;
    ready: readonly ["stdout" | "stderr", string];
  },
): Promise<Server> {
  const program = spawn([], { launch, env });
  const stop = async (signal?: Deno.Signal) => void await program.stop(signal);
  try {
    await program.waitFor(...ready);
  } catch (error) {
    await stop("SIGKILL");
    throw error;
  }
  return { ports, pid: program.pid, stop, [Symbol.asyncDispose]: stop };
}
