import type { Guard } from "../guard.ts";
import { type ListenAddress, listening } from "../listen_error.ts";
import type { Store } from "../store/store.ts";
import type { Admission } from "./admission.ts";
import type { ExportSink } from "./export_draft.ts";
import { createHttpHandler } from "./http_handler.ts";

/** What receivers of both transports need. */
export interface ReceiverOptions {
  store: Pick<Store, "add">;
  /** Shared by all receivers of a store. */
  admission: Admission;
  /** Is told of every request, refused ones too. */
  exports: ExportSink;
  /** Who may send. */
  guard: Guard;
  /** The longest body, compressed or not; 64 MiB unless given. */
  maxBodyBytes?: number;
  /** The port of the other transport, for those who mistake one for the other. */
  otherPort?: () => number;
}

/** The longest body unless told otherwise: https://opentelemetry.io/docs/specs/otlp/#otlphttp-request */
export const DEFAULT_MAX_BODY_BYTES = 64 * 1024 * 1024;

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
