import { hostAndPort } from "../../host.ts";
import { incomingRequest } from "../../http_server/incoming_request.ts";
import { serveHttp } from "../../http_server/serve_http.ts";
import type { HttpLimits } from "../../http/limits.ts";
import type { ConnectionRoom } from "../connection_room.ts";
import { isSame } from "../guard.ts";
import { type ListenAddress, listenOn } from "../listen_error.ts";
import { type RunningServer, runningServer } from "../running_server.ts";
import { createHttpHandler } from "./http_handler.ts";
import type { ReceiverOptions } from "./receiver_options.ts";

/** Options of {@linkcode createHttpReceiver}. */
export interface HttpReceiverOptions extends ReceiverOptions, Omit<ListenAddress, "portFlag"> {
  portFlag?: string;
  /** The prefix of all paths: a secret that is required to send. Other paths don't exist. */
  pathPrefix?: string;
  /** Limits of connections and requests. */
  limits?: Partial<HttpLimits>;
  /** Shared by the servers of the process. */
  room?: ConnectionRoom;
}

/**
 * Receives OTLP over HTTP.
 *
 * @throws {ListenError} If the address is not available.
 */
export function createHttpReceiver(
  {
    hostname,
    port,
    portFlag = "--http-port",
    pathPrefix = "",
    limits = {},
    room,
    report,
    ...options
  }: HttpReceiverOptions,
): RunningServer {
  const { reportFault = () => {} } = options;
  const handle = createHttpHandler(options);
  const listeners = listenOn({ hostname, port, portFlag, report });
  const server = serveHttp(listeners, {
    handler: async (request) => {
      if (!isSame(request.path.slice(0, pathPrefix.length), pathPrefix)) return { status: 404 };
      const incoming = incomingRequest(request, request.path.slice(pathPrefix.length));
      return await handle(incoming, hostAndPort(request.peer));
    },
    limits: { ...room && { connections: room.maxConnections("sender") }, ...limits },
    ...room && { onExhausted: () => room.makeRoom() },
    onFault: (error) => reportFault("serve an HTTP connection", error),
  });
  room?.add("http", server);
  return runningServer(listeners[0].addr, () => server.shutdown());
}
