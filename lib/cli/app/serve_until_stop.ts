import type { Delivery } from "../../telemetry/delivery.ts";
import { type AppServer, startAppServer } from "./app_server.ts";
import { prepareClosingReport } from "./closing_report.ts";
import type { CommandContext } from "../command.ts";
import { aborted, within } from "../../time.ts";

/** For requests in flight and for what waits to be sent, together. */
const SHUTDOWN_TIMEOUT_MS = 5000;

/** Of these, for the requests. */
const DRAIN_TIMEOUT_MS = 2500;

/** Something that answers requests and sends telemetry. */
export interface Served {
  fetch: Deno.ServeHandler<Deno.NetAddr>;
  /** What becomes of what it sends. */
  deliveries: readonly Delivery[];
  /** Sends what waits, and ends. */
  shutdown(): Promise<void>;
}

/** Options of {@linkcode serveUntilStop}. */
export interface ServeOptions {
  hostname: string;
  /** 0 is any free port. */
  port: number;
  /** Called once it listens, with where. */
  onListen: (address: Deno.NetAddr) => void;
}

/**
 * Serves until the context says stop, then ends in order: no new requests, those in flight are
 * answered, what waits is sent, and it is told what was sent and what was lost.
 *
 * @throws {StartError} If the address cannot be listened on; what was to be served has ended then.
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
  // Whatever could not be sent is in the report.
  await within(deadline - Date.now(), served.shutdown().catch(() => {}));
  report.tell();
}
