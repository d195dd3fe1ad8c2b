import { messageOf } from "../error_message.ts";
import { CONTENT_TYPES } from "../otlp/content_type.ts";
import { countItems } from "../otlp/count_items.ts";
import { encodeExportResponse, type PartialSuccess } from "../otlp/export_response.ts";
import { MalformedError } from "../otlp/malformed_error.ts";
import { type Signal, signalOfPath, SIGNALS } from "../otlp/signal.ts";
import type { OtlpTarget } from "../telemetry/otlp/target.ts";
import type { Delivery, Report } from "../telemetry/delivery.ts";
import { ExporterRegistry } from "../telemetry/exporter_registry.ts";
import { openOtlpExporter } from "../telemetry/otlp/otlp_exporter.ts";
import { within } from "../time.ts";
import { describeItems } from "./describe_items.ts";
import { type RelayExporter, RelayOutbox } from "./relay_outbox.ts";

/** What waits to be sent on may take so much; what comes beyond that is dropped. */
const MAX_WAITING_BYTES = 64 * 1024 * 1024;

/** How long what waits may take at the end. */
const SHUTDOWN_TIMEOUT_MS = 5000;

/** Where telemetry of a signal goes. */
export interface RelayRoute {
  targets: readonly OtlpTarget[];
  /** Prints it too. */
  console: boolean;
}

/** Options of {@linkcode startRelay}. */
export interface RelayOptions {
  routes: Record<Signal, RelayRoute>;
  /** Takes messages for the user. */
  report: Report;
  /** Takes lines for standard output. */
  print: (line: string) => void;
  /** Default: 64 MiB. */
  maxWaitingBytes?: number;
}

/** A running relay. */
export interface Relay {
  /** The OTLP endpoint for http/protobuf, without a path. */
  url: string;
  /** The counts of each target. */
  deliveries: readonly Delivery[];
  /** Sends what waits, trying nothing twice; takes a few seconds at most. */
  shutdown(): Promise<void>;
}

/**
 * Receives OTLP over HTTP in protobuf on a loopback port and hands it on in ways that the sender
 * itself does not have: over gRPC, compressed, to several places, to the console.
 */
export async function startRelay(
  { routes, report, print, maxWaitingBytes = MAX_WAITING_BYTES }: RelayOptions,
): Promise<Relay> {
  const registry = new ExporterRegistry(report);
  const outbox = new RelayOutbox(await openExporters(routes, registry), maxWaitingBytes);

  /** @throws {MalformedError} If the bytes are no request of the signal. */
  function receive(signal: Signal, request: Uint8Array<ArrayBuffer>): PartialSuccess {
    const count = countItems(signal, request);
    const items = routes[signal].console ? describeItems(signal, request) : [];
    const isTaken = outbox.add(signal, request, count);
    for (const item of items) print(JSON.stringify(item, null, 2));
    // Not 503: whether a sender tries that again is not known, and so not whether it is lost.
    return isTaken
      ? { rejected: 0, message: "" }
      : { rejected: count, message: "too much waits to be sent" };
  }

  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    (request) => answer(request, receive),
  );

  async function end(): Promise<void> {
    await server.shutdown();
    registry.end();
    await outbox.settled();
  }

  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    deliveries: registry.deliveries,
    async shutdown() {
      await within(SHUTDOWN_TIMEOUT_MS, end());
      outbox.shutdown();
    },
  };
}

/** Opens the exporters of all routes. What cannot be opened is reported and left out. */
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
        registry.report(`Cannot send ${signal}: ${messageOf(error)}. The program runs on without`);
      }
    }
  }
  return exporters;
}

/** Answers a request with what becomes of it. */
async function answer(
  request: Request,
  receive: (signal: Signal, body: Uint8Array<ArrayBuffer>) => PartialSuccess,
): Promise<Response> {
  const signal = signalOfPath(new URL(request.url).pathname);
  if (!signal || request.method !== "POST") return new Response(null, { status: 404 });
  const body = new Uint8Array(await request.arrayBuffer());
  try {
    const response = encodeExportResponse(signal, receive(signal, body), "protobuf");
    return new Response(response, { headers: { "content-type": CONTENT_TYPES.protobuf } });
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    return new Response(`no OTLP request: ${error.message}`, { status: 400 });
  }
}
