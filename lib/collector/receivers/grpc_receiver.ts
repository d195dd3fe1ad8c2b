import { DEFAULT_PORTS } from "../../default_ports.ts";
import { serveHttp } from "../../http_server/serve_http.ts";
import type { HttpLimits } from "../../http/limits.ts";
import { GRPC_SERVICES } from "../../otlp/grpc.ts";
import type { ConnectionRoom } from "../connection_room.ts";
import { type ListenAddress, listenOn } from "../listen_error.ts";
import { type RunningServer, runningServer } from "../running_server.ts";
import { createGrpcHandler } from "./grpc_handler.ts";
import { createGrpcHealth } from "./grpc_health.ts";
import type { ReceiverOptions } from "./receiver_options.ts";
import { answerHttp1, recordNoHttp } from "./wrong_protocol.ts";

/** Options of {@linkcode createGrpcReceiver}. */
export interface GrpcReceiverOptions extends ReceiverOptions, Omit<ListenAddress, "portFlag"> {
  portFlag?: string;
  /** Limits of connections and requests. */
  limits?: Partial<HttpLimits>;
  /** Shared by the servers of the process. */
  room?: ConnectionRoom;
}

/**
 * Receives OTLP over gRPC, and answers health checks.
 *
 * @throws {ListenError} If the address is not available.
 * @see https://opentelemetry.io/docs/specs/otlp/#otlpgrpc
 */
export function createGrpcReceiver(
  { hostname, port, portFlag = "--grpc-port", limits = {}, room, report, ...options }:
    GrpcReceiverOptions,
): RunningServer {
  const { exports, otherPort = () => DEFAULT_PORTS.httpPort, reportFault = () => {} } = options;
  const listeners = listenOn({ hostname, port, portFlag, report });
  const health = createGrpcHealth(Object.values(GRPC_SERVICES), options.admission);
  const answerCall = createGrpcHandler({ ...options, otherPort, reportFault }, health);
  const server = serveHttp(listeners, {
    handler: (request) =>
      request.isHttp2
        ? answerCall(request)
        : Promise.resolve(answerHttp1(request, { exports, otherPort })),
    limits: { ...room && { connections: room.maxConnections("sender") }, ...limits },
    ...room && { onExhausted: () => room.makeRoom() },
    onMalformed: (_, peer) => recordNoHttp(peer, exports),
    onFault: (error) => reportFault("serve a gRPC connection", error),
  });

  room?.add("grpc", server);
  return runningServer(listeners[0].addr, () => {
    const ended = server.shutdown();
    health.shutdown();
    return ended;
  });
}
