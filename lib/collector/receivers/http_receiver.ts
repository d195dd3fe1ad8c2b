import { type ListenAddress, listening } from "../listen_error.ts";
import { createHttpHandler } from "./http_handler.ts";
import type { ReceiverOptions } from "./receiver_options.ts";

/** A receiver that listens. */
export interface Receiver extends AsyncDisposable {
  /** The real one, if any free one was asked for. */
  port: number;
  url: string;
  /** Takes no new requests, and resolves when those in flight are answered. */
  shutdown(): Promise<void>;
}

/**
 * Receives OTLP over HTTP.
 *
 * @throws {ListenError} If the address cannot be had.
 */
export function createHttpReceiver(
  { hostname, port, portFlag = "--http-port", ...options }:
    & ReceiverOptions
    & Omit<ListenAddress, "portFlag">
    & { portFlag?: string },
): Receiver {
  const handle = createHttpHandler(options);
  const server = listening(
    { hostname, port, portFlag },
    () =>
      Deno.serve(
        { hostname, port, onListen: () => {} },
        (request, { remoteAddr }) => handle(request, peerName(remoteAddr)),
      ),
  );
  return createReceiver(server.addr, () => server.shutdown());
}

/** The handle of a receiver; to shut it down twice is to wait for the same end. */
export function createReceiver(
  { hostname, port }: { hostname: string; port: number },
  stop: () => Promise<void>,
): Receiver {
  let stopping: Promise<void> | undefined;
  const shutdown = () => stopping ??= stop();
  return {
    port,
    url: `http://${peerName({ hostname, port })}`,
    shutdown,
    [Symbol.asyncDispose]: shutdown,
  };
}

/** Address and port, as they stand in an URL. */
export function peerName({ hostname, port }: { hostname: string; port: number }): string {
  return `${hostname.includes(":") ? `[${hostname}]` : hostname}:${port}`;
}
