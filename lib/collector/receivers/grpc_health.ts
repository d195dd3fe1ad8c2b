import type { HttpRequest, HttpResponse } from "../../http/handler.ts";
import { protobufToJson } from "../../otlp/decode.ts";
import { encodeMessage } from "../../otlp/encode.ts";
import { frameMessage } from "../../otlp/grpc.ts";
import { RPC_CODE } from "../../otlp/rpc_status.ts";
import type { Admission } from "./admission.ts";
import { answerMessages, readUnaryMessage } from "./grpc_call.ts";
import { RefusedError } from "./refused_error.ts";

/** https://github.com/grpc/grpc/blob/master/doc/health-checking.md */
const SERVING = 1;
const NOT_SERVING = 2;
const SERVICE_UNKNOWN = 3;

/** The maximum size of a request, which is always short. */
const MAX_REQUEST_BYTES = 4096;

/** Answers health checks of load balancers and probes. */
export interface GrpcHealth {
  /** Undefined if the path is not part of the health service. */
  method(path: string): "Check" | "Watch" | undefined;
  /** @throws {RefusedError} If the call is malformed, or the service is unknown. */
  answer(method: "Check" | "Watch", request: HttpRequest): Promise<HttpResponse>;
  /** Notifies all watchers, and ends their calls. */
  shutdown(): void;
}

/** Creates the service `grpc.health.v1.Health` of the services with these names. */
export function createGrpcHealth(
  services: readonly string[],
  admission: Admission,
): GrpcHealth {
  /** Functions that end the watchers' calls. */
  const watching = new Set<() => void>();

  async function* watch(status: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    watching.add(end);
    signal.addEventListener("abort", () => end());
    try {
      yield encodeStatus(status);
      await ended;
      if (!signal.aborted) yield encodeStatus(NOT_SERVING);
    } finally {
      watching.delete(end);
    }
  }

  return {
    method: (path) => {
      const method = /^\/grpc\.health\.v1\.Health\/(Check|Watch)$/.exec(path)?.[1];
      return method as "Check" | "Watch" | undefined;
    },
    async answer(method, request) {
      using reservation = admission.enter();
      const { body } = await readUnaryMessage(request, MAX_REQUEST_BYTES, reservation);
      const { service = "" } = protobufToJson("HealthCheckRequest", body);
      const isKnown = service === "" || services.includes(service);
      if (method === "Watch") {
        return answerMessages(watch(isKnown ? SERVING : SERVICE_UNKNOWN, request.signal));
      }
      if (isKnown) return answerMessages(encodeStatus(SERVING));
      const message = `Cannot check "${service.slice(0, 100)}": no such service`;
      throw new RefusedError(404, { code: RPC_CODE.NOT_FOUND, message });
    },
    shutdown() {
      for (const end of watching) end();
    },
  };
}

/** A message with its prefix. */
function encodeStatus(status: number): Uint8Array {
  return frameMessage(encodeMessage("HealthCheckResponse", { status }));
}
