import { type ListenAddress, listening } from "../listen_error.ts";
import { peerName, type RunningServer, runningServer } from "../running_server.ts";
import { createHttpHandler } from "./http_handler.ts";
import type { ReceiverOptions } from "./receiver_options.ts";

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
): RunningServer {
  const handle = createHttpHandler(options);
  const server = listening(
    { hostname, port, portFlag },
    () =>
      Deno.serve(
        { hostname, port, onListen: () => {} },
        (request, { remoteAddr }) => handle(request, peerName(remoteAddr)),
      ),
  );
  return runningServer(server.addr, () => server.shutdown());
}
