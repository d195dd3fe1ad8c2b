import type { OtlpTarget } from "../telemetry/otlp/target.ts";
import type { Delivery, Report } from "../telemetry/delivery.ts";
import { Exports } from "../telemetry/exports.ts";
import { openOtlpLine, type OtlpLine } from "../telemetry/otlp/destination.ts";
import { type Signal, SIGNALS } from "../telemetry/setting.ts";
import { countItems } from "./count_items.ts";

/** What waits to be sent on; beyond that the sender is asked to come later. */
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
}

/** A running relay. */
export interface Relay {
  /** The OTLP endpoint for http/protobuf, without a path. */
  url: string;
  /** The books of each target. */
  deliveries: readonly Delivery[];
  /** Sends what waits, trying nothing twice. */
  shutdown(): Promise<void>;
}

/**
 * Receives OTLP over HTTP in protobuf on a loopback port and hands it on in ways that the sender
 * itself does not have: over gRPC, compressed, to several places, to the console.
 */
export async function startRelay({ routes, report, print }: RelayOptions): Promise<Relay> {
  const exports = new Exports(report);
  const lines: Record<Signal, OtlpLine[]> = { traces: [], metrics: [], logs: [] };
  for (const signal of SIGNALS) {
    for (const target of routes[signal].targets) {
      try {
        lines[signal].push(await openOtlpLine(target, exports));
      } catch (error) {
        report(`Cannot send ${signal}: ${(error as Error).message}. The program runs on without`);
      }
    }
  }

  const sending = new Set<Promise<unknown>>();
  let waitingBytes = 0;

  async function handOn(body: Uint8Array<ArrayBuffer>, signal: Signal, count: number) {
    waitingBytes += body.length;
    const sent = Promise.all(lines[signal].map(({ sender, delivery }) => {
      delivery.add(count);
      return sender.send(body, count);
    })).then(() => waitingBytes -= body.length);
    sending.add(sent);
    sent.finally(() => sending.delete(sent));
    if (!routes[signal].console) return;
    const { describeItems } = await import("./describe_items.ts");
    for (const item of describeItems(body, signal)) print(JSON.stringify(item, null, 2));
  }

  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (r) => {
    const signal = SIGNALS.find((signal) => new URL(r.url).pathname === `/v1/${signal}`);
    if (!signal || r.method !== "POST") return new Response(null, { status: 404 });
    if (waitingBytes > MAX_WAITING_BYTES) {
      return new Response("too much waits to be sent", {
        status: 503,
        headers: { "retry-after": "1" },
      });
    }
    const body = new Uint8Array(await r.arrayBuffer());
    let count: number;
    try {
      count = countItems(body, signal);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return new Response(`no OTLP request: ${error.message}`, { status: 400 });
    }
    await handOn(body, signal, count);
    return new Response(null, { headers: { "content-type": "application/x-protobuf" } });
  });

  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    deliveries: exports.deliveries,
    async shutdown() {
      await server.shutdown();
      exports.end();
      const { promise: timeout, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, SHUTDOWN_TIMEOUT_MS);
      await Promise.race([Promise.allSettled(sending), timeout]);
      clearTimeout(timer);
      for (const { sender } of Object.values(lines).flat()) sender.shutdown();
    },
  };
}
