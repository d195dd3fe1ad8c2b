import type { Delivery } from "../../telemetry/delivery.ts";
import { type AppServer, startAppServer } from "./app_server.ts";
import { prepareClosingReport } from "./closing_report.ts";
import type { CommandContext } from "../command.ts";
import { aborted, within } from "../../time.ts";

/** The total time for requests in flight and the final flush. */
const SHUTDOWN_TIMEOUT_MS = 5000;

/** The part of that time for the requests. */
const DRAIN_TIMEOUT_MS = 2500;

/** A server that also sends telemetry. */
export interface Served {
  fetch: Deno.ServeHandler<Deno.NetAddr>;
  /** The counts of its telemetry. */
  deliveries: readonly Delivery[];
  /** Flushes the queue, and shuts down. */
  shutdown(): Promise<void>;
}

/** Options of {@linkcode serveUntilStop}. */
export interface ServeOptions {
  hostname: string;
  /** 0 means any free port. */
  port: number;
  /** Called with the address once it listens. */
  onListen: (address: Deno.NetAddr) => void;
}

/**
 * Serves until the context is aborted, then shuts down in order: it accepts no new requests, finishes those in
 * flight, flushes the queue, and reports what was sent and what was lost.
 *
 * @throws {StartError} If it cannot listen on the address; the app is shut down by then.
 */
export async function serveUntilStop(
  served: Served,
  { hostname, port, onListen }: ServeOptions,
  { stop, output }: CommandContext,
): Promise<void> {
  let server: AppServer;
  try {
    server = startAppServer(served.fetch, { hostname, port });
  } catch (error) {
    await served.shutdown();
    throw error;
  }
  using report = prepareClosingReport(served.deliveries, output.status);
  onListen(server.address);
  await aborted(stop);
  output.status("Stopping");
  const deadline = Date.now() + SHUTDOWN_TIMEOUT_MS;
  await server.shutdown(DRAIN_TIMEOUT_MS);
  // Failures are in the report.
  await within(deadline - Date.now(), served.shutdown().catch(() => {}));
  report.tell();
}
