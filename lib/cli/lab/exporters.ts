import { Forwarder } from "../../collector/forward/forwarder.ts";
import type { LabExporter } from "../../lab/intake.ts";
import type { QueueState } from "../../lab/own_metrics.ts";
import type { LabConfig, SenderConfig, Verbosity } from "../../lab/read_config.ts";
import { describeItems } from "../../launcher/describe_items.ts";
import { itemCount, type Signal } from "../../otlp/signal.ts";
import { openForwardRoute } from "../collector/forward.ts";

/** Beyond this, a queue counts as full, however few requests it has. */
const MAX_QUEUED_BYTES = 32 * 1024 * 1024;

const ADVICE = "when it is back, the queue drains";

/** The exporters of a lab, by ID, and their queues. */
export interface Exporters {
  byId: ReadonlyMap<string, LabExporter>;
  queues(): QueueState[];
  /** Sends what is queued once more within the given time, and drops the rest. */
  shutdown(timeoutMillis: number): Promise<void>;
}

/**
 * Opens the exporters of a configuration. As in the Collector, each has a queue for each signal.
 *
 * @throws {UsageError} If an endpoint cannot be used.
 */
export async function openExporters(
  { pipelines, senders, debug }: LabConfig,
  { print, report }: Record<"print" | "report", (line: string) => void>,
): Promise<Exporters> {
  const byId = new Map<string, LabExporter>();
  const queues: { read: () => QueueState; forwarder: Forwarder }[] = [];
  for (const [id, verbosity] of debug) byId.set(id, debugExporter(id, verbosity, print));
  for (const [id, sender] of senders) {
    const signals = new Set(
      pipelines.filter(({ exporters }) => exporters.includes(id)).map(({ signal }) => signal),
    );
    const forwarders = new Map<Signal, Forwarder>();
    for (const signal of signals) {
      const forwarder = await openForwarder(sender, report);
      forwarders.set(signal, forwarder);
      queues.push({
        forwarder,
        read: () => ({
          exporter: id,
          signal,
          length: forwarder.queuedRequests,
          capacity: sender.queueSize,
        }),
      });
    }
    byId.set(id, {
      isFull(signal) {
        const { queuedRequests, stats } = forwarders.get(signal)!;
        return queuedRequests >= sender.queueSize || stats.queuedBytes > MAX_QUEUED_BYTES;
      },
      take: (signal, request, count) => forwarders.get(signal)!.forward(signal, request, count),
    });
  }
  return {
    byId,
    queues: () => queues.map(({ read }) => read()),
    async shutdown(timeoutMillis) {
      await Promise.all(queues.map(({ forwarder }) => forwarder.shutdown(timeoutMillis)));
    },
  };
}

async function openForwarder(
  { endpoint, compression, timeoutMillis, backoff, maxElapsedMillis }: SenderConfig,
  report: (line: string) => void,
): Promise<Forwarder> {
  const { url, transports } = await openHttpRoute(endpoint, compression);
  return new Forwarder({
    url,
    transports,
    report,
    advice: ADVICE,
    isOnlyCopy: true,
    maxQueuedBytes: Infinity,
    timeoutMillis,
    backoff,
    maxElapsedMillis,
  });
}

/** A route over HTTP, whatever the port. */
export function openHttpRoute(endpoint: string, compression: SenderConfig["compression"]) {
  return openForwardRoute(endpoint, {
    OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf",
    OTEL_EXPORTER_OTLP_COMPRESSION: compression,
  });
}

function debugExporter(
  id: string,
  verbosity: Verbosity,
  print: (line: string) => void,
): LabExporter {
  return {
    isFull: () => false,
    take(signal, request, count) {
      print(`${id}: ${itemCount(count, signal)}`);
      if (verbosity === "basic") return;
      const indent = verbosity === "detailed" ? 2 : undefined;
      for (const item of describeItems(signal, request)) {
        print(JSON.stringify(item, null, indent));
      }
    },
  };
}
