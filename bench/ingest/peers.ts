import { freePort } from "../../tests/helpers/ports.ts";

/** A server under test. */
export interface Subject {
  name: string;
  pid: number;
  url: string;
  /** Its OTLP endpoint for gRPC. */
  grpcPort?: number;
  /** Whether a trace can be read; undefined if nothing is stored. */
  hasTrace?: (id: string) => Promise<boolean>;
}

/** The real Collector: receives, batches and discards. */
export async function withCollector<T>(use: (subject: Subject) => Promise<T>): Promise<T> {
  const [port, grpcPort] = [freePort(), freePort()];
  const config = `
receivers:
  otlp:
    protocols: { http: { endpoint: "127.0.0.1:${port}" }, grpc: { endpoint: "127.0.0.1:${grpcPort}" } }
processors: { batch: {} }
exporters: { nop: {} }
service:
  telemetry: { metrics: { level: none } }
  pipelines:
    traces: { receivers: [otlp], processors: [batch], exporters: [nop] }
    metrics: { receivers: [otlp], processors: [batch], exporters: [nop] }
    logs: { receivers: [otlp], processors: [batch], exporters: [nop] }
`;
  return await withServer(
    "otelcol",
    config,
    port,
    async (pid, url) => await use({ name: "Collector, to nothing", pid, url, grpcPort }),
  );
}

/** The real Jaeger with its in-memory storage. */
export async function withJaeger<T>(use: (subject: Subject) => Promise<T>): Promise<T> {
  const [port, queryPort, grpcPort] = [freePort(), freePort(), freePort()];
  const config = `
receivers: { otlp: { protocols: { http: { endpoint: "127.0.0.1:${port}" } } } }
processors: { batch: {} }
exporters: { jaeger_storage_exporter: { trace_storage: memory } }
extensions:
  jaeger_storage: { backends: { memory: { memory: { max_traces: 100000 } } } }
  jaeger_query:
    storage: { traces: memory }
    http: { endpoint: "127.0.0.1:${queryPort}" }
    grpc: { endpoint: "127.0.0.1:${grpcPort}" }
service:
  extensions: [jaeger_storage, jaeger_query]
  telemetry: { metrics: { level: none } }
  pipelines: { traces: { receivers: [otlp], processors: [batch], exporters: [jaeger_storage_exporter] } }
`;
  const hasTrace = async (id: string) => {
    const response = await fetch(`http://127.0.0.1:${queryPort}/api/v3/traces/${id}`);
    await response.body?.cancel();
    return response.ok;
  };
  return await withServer(
    "jaeger",
    config,
    port,
    async (pid, url) => await use({ name: "Jaeger, in memory", pid, url, hasTrace }),
  );
}

async function withServer<T>(
  name: string,
  config: string,
  port: number,
  use: (pid: number, url: string) => Promise<T>,
): Promise<T> {
  const file = await Deno.makeTempFile({ suffix: ".yaml" });
  await Deno.writeTextFile(file, config);
  const child = new Deno.Command(name, {
    args: ["--config", file],
    env: { OTEL_TRACES_SAMPLER: "always_off" },
    stdout: "null",
    stderr: "null",
  }).spawn();
  try {
    const url = `http://127.0.0.1:${port}`;
    await untilAnswers(`${url}/v1/traces`, child.status);
    return await use(child.pid, url);
  } finally {
    child.kill("SIGTERM");
    await child.status;
    await Deno.remove(file);
  }
}

/** Polls until there is a response, or the server has ended. */
async function untilAnswers(url: string, ended: Promise<Deno.CommandStatus>): Promise<void> {
  let code: number | undefined;
  ended.then((status) => code = status.code);
  for (;;) {
    if (code !== undefined) throw new Error(`The server ended with ${code}: is it installed?`);
    try {
      await (await fetch(url)).body?.cancel();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
