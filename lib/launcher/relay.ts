import { BodyDecoder } from "../collector/decode/body_decoder.ts";
import { createFaultReport } from "../collector/fault_report.ts";
import { createGuard, createToken } from "../collector/guard.ts";
import { Admission } from "../collector/receivers/admission.ts";
import { createHttpReceiver } from "../collector/receivers/http_receiver.ts";
import { messageOf } from "../error_message.ts";
import { countItems } from "../otlp/count_items.ts";
import { type Signal, SIGNALS } from "../otlp/signal.ts";
import type { OtlpTarget } from "../telemetry/otlp/target.ts";
import type { Delivery, Report } from "../telemetry/delivery.ts";
import { ExporterRegistry } from "../telemetry/exporter_registry.ts";
import { openOtlpExporter } from "../telemetry/otlp/otlp_exporter.ts";
import { within } from "../time.ts";
import { describeItems } from "./describe_items.ts";
import { type RelayExporter, RelayOutbox } from "./relay_outbox.ts";

/** The limit of the queue in bytes; requests beyond that are dropped. */
const MAX_WAITING_BYTES = 64 * 1024 * 1024;

/** How long the final flush may take. */
const SHUTDOWN_TIMEOUT_MS = 5000;

/** Targets of a signal. */
export interface RelayRoute {
  targets: readonly OtlpTarget[];
  /** Also prints it. */
  console: boolean;
}

/** Options of {@linkcode startRelay}. */
export interface RelayOptions {
  routes: Record<Signal, RelayRoute>;
  /** Takes messages for the user. */
  report: Report;
  /** Transforms each request first. Throws {@linkcode MalformedError} if it is invalid. */
  correct?: (signal: Signal, request: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>;
  /** Receives lines for standard output. */
  print: (line: string) => void;
  /** Default: 64 MiB. */
  maxWaitingBytes?: number;
}

/** A running relay. */
export interface Relay {
  /** The OTLP endpoint for http/protobuf; anyone who knows it may send. */
  url: string;
  /** The counts of each target. */
  deliveries: readonly Delivery[];
  /** Flushes the queue without retries; takes at most a few seconds. */
  shutdown(): Promise<void>;
}

/**
 * Receives OTLP over HTTP on a loopback port and forwards it in ways that the sender itself does not support:
 * over gRPC, compressed, to several targets, to the console. It sends with the user's credentials, so a secret
 * in its path keeps other programs out, and the guard keeps web pages out.
 */
export async function startRelay(
  { routes, report, print, correct, maxWaitingBytes = MAX_WAITING_BYTES }: RelayOptions,
): Promise<Relay> {
  const registry = new ExporterRegistry(report);
  const outbox = new RelayOutbox(await openExporters(routes, registry), maxWaitingBytes);
  const hostname = "127.0.0.1";
  const secretPath = `/${createToken()}`;
  const decoder = new BodyDecoder();

  const receiver = createHttpReceiver({
    hostname,
    port: 0,
    pathPrefix: secretPath,
    guard: createGuard({ hostname }),
    decoder,
    // The queue is bounded by the outbox, which drops and counts.
    admission: new Admission({ pendingBytes: 0 }),
    exports: { add: () => {} },
    reportFault: createFaultReport({ report, isDebug: false }),
    store: {
      async add(signal, received) {
        const request = correct?.(signal, received) ?? received;
        const count = countItems(signal, request);
        const items = routes[signal].console ? describeItems(signal, request) : [];
        const isTaken = outbox.add(signal, request, count);
        for (const item of items) print(JSON.stringify(item, null, 2));
        const became = { accepted: count, rejected: 0, duplicated: 0, serviceNames: [] };
        // Not 503: senders may or may not retry it, so it would be unknown whether the request is lost.
        return await Promise.resolve(
          isTaken
            ? became
            : { ...became, accepted: 0, rejected: count, message: "too much waits to be sent" },
        );
      },
    },
  });

  async function end(): Promise<void> {
    await receiver.shutdown();
    registry.end();
    await outbox.settled();
  }

  return {
    url: `${receiver.url}${secretPath}`,
    deliveries: registry.deliveries,
    async shutdown() {
      await within(SHUTDOWN_TIMEOUT_MS, end());
      outbox.shutdown();
      decoder[Symbol.dispose]();
    },
  };
}

/** Opens the exporters of all routes. Those that can't be opened are reported and left out. */
async function openExporters(
  routes: Record<Signal, RelayRoute>,
  registry: ExporterRegistry,
): Promise<Record<Signal, RelayExporter[]>> {
  const exporters: Record<Signal, RelayExporter[]> = { traces: [], metrics: [], logs: [] };
  for (const signal of SIGNALS) {
    for (const target of routes[signal].targets) {
      try {
        const exporter = await openOtlpExporter(target, registry);
        exporters[signal].push({ ...exporter, isJson: target.protocol === "http/json" });
      } catch (error) {
        registry.report(
          `Cannot send ${signal}: ${messageOf(error)}. The program continues without them`,
        );
      }
    }
  }
  return exporters;
}
