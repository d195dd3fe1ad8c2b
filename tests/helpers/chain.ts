import { sendTraces, type SentTrace, SPANS_PER_TRACE } from "./traces.ts";
import {
  type CollectorOptions,
  demoFile,
  ownMetric,
  type Server,
  startCollector,
  startJaeger,
} from "./servers.ts";

/** The gateway's counter of sampling decisions, whether the trace is kept or not. */
export const DECISIONS = "otelcol_processor_tail_sampling_global_count_traces_sampled";

/** The servers of collector-demo/scale, in order from the app to the storage. */
export type Link = "agent" | "gateway" | "jaeger";

/** Options of {@linkcode startChain}. */
export interface ChainOptions {
  /** Where queues and traces are stored; existing data is reused. */
  directory: string;
  /** Waits one second for a trace's spans and updates the counts every second, instead of every ten. */
  hasty?: boolean;
  /** Keeps the queues in memory, for comparison. */
  queuesInMemory?: boolean;
}

/** An agent, a gateway, and a Jaeger that can each be stopped and restarted. */
export interface Chain extends AsyncDisposable {
  servers: Record<Link, Server>;
  /** Sends to the agent, which confirms once it has the traces. */
  send(traces: readonly SentTrace[]): Promise<void>;
  stop(link: Link, signal?: Deno.Signal): Promise<void>;
  /** Restarts a stopped server with the same settings. */
  start(link: Link): Promise<void>;
  /** The given traces that Jaeger has with all their spans. */
  stored(traces: readonly SentTrace[]): Promise<SentTrace[]>;
  /** How many traces the gateway has decided to keep since it started. */
  kept(): Promise<number>;
}

/**
 * Starts the servers of collector-demo/scale on free ports, with their configurations otherwise unchanged.
 */
export async function startChain(
  { directory, hasty = false, queuesInMemory = false }: ChainOptions,
): Promise<Chain> {
  const inMemory = { sending_queue: { storage: null } };
  const jaeger = await startJaeger(`${directory}/jaeger`);
  const gatewayOptions: CollectorOptions = {
    config: demoFile("scale/gateway.yaml"),
    env: {
      QUEUE_DIRECTORY: `${directory}/gateway`,
      JAEGER_OTLP_ENDPOINT: `127.0.0.1:${jaeger.ports.grpc}`,
    },
    overrides: {
      ...hasty && {
        processors: { tail_sampling: { decision_wait: "1s" } },
        connectors: { span_metrics: { metrics_flush_interval: "1s" } },
      },
      ...queuesInMemory && { exporters: { "otlp_grpc/jaeger": inMemory } },
    },
  };
  const gateway = await startCollector(gatewayOptions);
  const agentOptions: CollectorOptions = {
    config: demoFile("scale/agent.yaml"),
    env: {
      QUEUE_DIRECTORY: `${directory}/agent`,
      GATEWAY_OTLP_ENDPOINT: `127.0.0.1:${gateway.ports.grpc}`,
    },
    overrides: { ...queuesInMemory && { exporters: { "otlp_grpc/gateway": inMemory } } },
  };
  const agent = await startCollector(agentOptions);

  const servers = { agent, gateway, jaeger };
  const starts: Record<Link, () => Promise<Server>> = {
    agent: () => startCollector({ ...agentOptions, ports: agent.ports }),
    gateway: () => startCollector({ ...gatewayOptions, ports: gateway.ports }),
    jaeger: () => startJaeger(`${directory}/jaeger`, jaeger.ports),
  };
  return {
    servers,
    send: (traces) => sendTraces(`http://127.0.0.1:${agent.ports.http}`, traces),
    stop: (link, signal) => servers[link].stop(signal),
    async start(link) {
      servers[link] = await starts[link]();
    },
    stored: (traces) => storedTraces(`http://127.0.0.1:${jaeger.ports.query}`, traces),
    kept: () => ownMetric(servers.gateway, DECISIONS, 'sampled="true"'),
    async [Symbol.asyncDispose]() {
      // Stop from the sender on, so that no server has to wait for the next one.
      for (const link of ["agent", "gateway", "jaeger"] as const) {
        await servers[link].stop("SIGKILL");
      }
    },
  };
}

/** The given traces that a Jaeger has with all their spans. */
export async function storedTraces(
  url: string,
  traces: readonly SentTrace[],
): Promise<SentTrace[]> {
  const stored: SentTrace[] = [];
  for (const trace of traces) {
    const response = await fetch(`${url}/api/v3/traces/${trace.traceId}`);
    const text = await response.text();
    if (response.ok && text.split('"spanId"').length - 1 >= SPANS_PER_TRACE) stored.push(trace);
  }
  return stored;
}
