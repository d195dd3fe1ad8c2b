import { messageOf } from "../error_message.ts";
import { encodeExportResponse } from "../otlp/export_response.ts";
import type { OtlpTarget } from "../telemetry/otlp/target.ts";
import type { Delivery, Report } from "../telemetry/delivery.ts";
import { ExporterRegistry } from "../telemetry/exporter_registry.ts";
import { openOtlpExporter, type OtlpExporter } from "../telemetry/otlp/otlp_exporter.ts";
import { type Signal, SIGNALS } from "../otlp/signal.ts";
import { within } from "../time.ts";
import { countItems } from "./count_items.ts";

/** What waits to be sent on may take so much; what comes beyond that is dropped. */
const MAX_WAITING_BYTES = 64 * 1024 * 1024;

/** What to do where a server is slower than the program. */
const TOO_SLOW = "The server takes them too slowly; send less, or see what it says itself";

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

/** The exporter of a target, which may want its requests in JSON. */
interface RelayExporter extends OtlpExporter {
  isJson: boolean;
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
  const exporters: Record<Signal, RelayExporter[]> = { traces: [], metrics: [], logs: [] };
  for (const signal of SIGNALS) {
    for (const target of routes[signal].targets) {
      try {
        const exporter = await openOtlpExporter(target, registry);
        exporters[signal].push({ ...exporter, isJson: target.protocol === "http/json" });
      } catch (error) {
        report(`Cannot send ${signal}: ${messageOf(error)}. The program runs on without`);
      }
    }
  }

  const hasConsole = SIGNALS.some((signal) => routes[signal].console);
  const hasJson = Object.values(exporters).flat().some(({ isJson }) => isJson);
  const describeItems = hasConsole && (await import("./describe_items.ts")).describeItems;
  const requestToJson = hasJson && (await import("./request_to_json.ts")).requestToJson;

  const sending = new Set<Promise<unknown>>();
  let waitingBytes = 0;

  /** Sends a request on to all targets of its signal; it waits until all have settled. */
  function handOn(body: Uint8Array<ArrayBuffer>, signal: Signal, count: number): void {
    waitingBytes += body.length;
    const json = requestToJson && exporters[signal].some(({ isJson }) => isJson) &&
      requestToJson(body, signal);
    const sent = Promise.all(exporters[signal].map(({ sender, delivery, isJson }) => {
      delivery.add(count);
      return delivery.settle(count, sender.send(isJson && json || body, count));
    })).then(() => {
      waitingBytes -= body.length;
      sending.delete(sent);
    });
    sending.add(sent);
  }

  function drop(signal: Signal, count: number): void {
    for (const { delivery } of exporters[signal]) {
      delivery.add(count);
      delivery.drop(count, TOO_SLOW);
    }
  }

  function show(body: Uint8Array<ArrayBuffer>, signal: Signal): void {
    if (!describeItems || !routes[signal].console) return;
    for (const item of describeItems(body, signal)) print(JSON.stringify(item, null, 2));
  }

  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (r) => {
    const signal = SIGNALS.find((signal) => new URL(r.url).pathname === `/v1/${signal}`);
    if (!signal || r.method !== "POST") return new Response(null, { status: 404 });
    const body = new Uint8Array(await r.arrayBuffer());
    let count: number;
    try {
      count = countItems(body, signal);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return new Response(`no OTLP request: ${error.message}`, { status: 400 });
    }
    // Not 503: whether a sender tries that again is not known, and so not whether it is lost.
    const isFull = waitingBytes > maxWaitingBytes;
    if (isFull) drop(signal, count);
    else handOn(body, signal, count);
    show(body, signal);
    return new Response(
      isFull
        ? encodeExportResponse(
          signal,
          { rejected: count, message: "too much waits to be sent" },
          "protobuf",
        )
        : null,
      {
        headers: { "content-type": "application/x-protobuf" },
      },
    );
  });

  async function end(): Promise<void> {
    await server.shutdown();
    registry.end();
    await Promise.all(sending);
  }

  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    deliveries: registry.deliveries,
    async shutdown() {
      await within(SHUTDOWN_TIMEOUT_MS, end());
      for (const { sender } of Object.values(exporters).flat()) sender.shutdown();
    },
  };
}
