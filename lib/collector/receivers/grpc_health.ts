import type { IncomingHttpHeaders, ServerHttp2Stream } from "node:http2";
import { protobufToJson } from "../../otlp/decode.ts";
import { encodeMessage } from "../../otlp/encode.ts";
import { RPC_CODE } from "../../otlp/rpc_status.ts";
import type { Admission } from "./admission.ts";
import { frameMessage, readUnaryMessage, respond, respondMessage } from "./grpc_call.ts";
import { RefusedError } from "./refused_error.ts";

/** https://github.com/grpc/grpc/blob/master/doc/health-checking.md */
const SERVING = 1;
const NOT_SERVING = 2;
const SERVICE_UNKNOWN = 3;

/** A question fits into little. */
const MAX_REQUEST_BYTES = 4096;

/** Answers whether services are served, as load balancers and probes ask. */
export interface GrpcHealth {
  /** Undefined if the path is none of the health service. */
  method(path: string): "Check" | "Watch" | undefined;
  /** @throws {RefusedError} If the call is malformed, or it asks for an unknown service. */
  answer(
    method: "Check" | "Watch",
    stream: ServerHttp2Stream,
    headers: IncomingHttpHeaders,
  ): Promise<void>;
  /** Tells everyone who watches, and ends their calls. */
  shutdown(): void;
}

/** Creates the service `grpc.health.v1.Health` of the services with these names. */
export function createGrpcHealth(
  services: readonly string[],
  admission: Admission,
): GrpcHealth {
  const watching = new Set<ServerHttp2Stream>();
  return {
    method: (path) => {
      const method = /^\/grpc\.health\.v1\.Health\/(Check|Watch)$/.exec(path)?.[1];
      return method as "Check" | "Watch" | undefined;
    },
    async answer(method, stream, headers) {
      using reservation = admission.enter();
      const { body } = await readUnaryMessage(stream, headers, MAX_REQUEST_BYTES, reservation);
      const { service = "" } = protobufToJson("HealthCheckRequest", body);
      const isKnown = service === "" || services.includes(service);
      if (method === "Watch") {
        respond(stream);
        stream.write(frameMessage(encodeStatus(isKnown ? SERVING : SERVICE_UNKNOWN)));
        watching.add(stream);
        stream.on("close", () => watching.delete(stream));
      } else if (isKnown) respondMessage(stream, encodeStatus(SERVING));
      else {
        const message = `Cannot check "${service.slice(0, 100)}": no such service`;
        throw new RefusedError(404, { code: RPC_CODE.NOT_FOUND, message });
      }
    },
    shutdown() {
      for (const stream of watching) stream.end(frameMessage(encodeStatus(NOT_SERVING)));
    },
  };
}

function encodeStatus(status: number): Uint8Array {
  return encodeMessage("HealthCheckResponse", { status }).body;
}
