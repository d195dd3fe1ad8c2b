import { DEFAULT_PORTS } from "../../default_ports.ts";
import type { Http2Request, Http2Response } from "../../http2/http2.ts";
import type { Http2Limits } from "../../http2/limits.ts";
import { BodyError } from "../../http2/request_body.ts";
import { serveHttp } from "../../http/serve_http.ts";
import { wrongPort, wrongPortMessage } from "../hints/wrong_port.ts";
import { type ListenAddress, listening } from "../listen_error.ts";
import { peerName, type RunningServer, runningServer } from "../running_server.ts";
import { mediaType } from "../../otlp/content_type.ts";
import { encodeExportResponse } from "../../otlp/export_response.ts";
import { frameMessage, GRPC_SERVICES } from "../../otlp/grpc.ts";
import { encodeRpcStatus, RPC_CODE } from "../../otlp/rpc_status.ts";
import { type Signal, SIGNALS } from "../../otlp/signal.ts";
import { beginExport, endExport, type ExportDraft } from "./export_draft.ts";
import { answerMessages, answerStatus, readUnaryMessage } from "./grpc_call.ts";
import { createGrpcHealth } from "./grpc_health.ts";
import { DEFAULT_MAX_BODY_BYTES, type ReceiverOptions } from "./receiver_options.ts";
import { receiveExport } from "./receive_export.ts";
import { refusalOf, RefusedError } from "./refused_error.ts";
import { answerWrongProtocol, recordNoHttp } from "./wrong_protocol.ts";

/** Options of {@linkcode createGrpcReceiver}. */
export interface GrpcReceiverOptions extends ReceiverOptions, Omit<ListenAddress, "portFlag"> {
  portFlag?: string;
  /** Limits of connections and requests. */
  limits?: Partial<Http2Limits>;
}

/**
 * Receives OTLP over gRPC, and answers health checks.
 *
 * @throws {ListenError} If the address cannot be had.
 * @see https://opentelemetry.io/docs/specs/otlp/#otlpgrpc
 */
export function createGrpcReceiver(
  { hostname, port, portFlag = "--grpc-port", limits = {}, ...options }: GrpcReceiverOptions,
): RunningServer {
  const { exports, otherPort = () => DEFAULT_PORTS.httpPort, reportFault = () => {} } = options;
  const listener = listening({ hostname, port, portFlag }, () => Deno.listen({ hostname, port }));
  const health = createGrpcHealth(Object.values(GRPC_SERVICES), options.admission);
  const server = serveHttp(listener, {
    handler: (request) =>
      request.isHttp2
        ? answerCall(request)
        : Promise.resolve(answerWrongProtocol(request, { exports, otherPort })),
    limits,
    onMalformed: (_, peer) => recordNoHttp(peer, exports),
    onFault: (error) => reportFault("go on with a gRPC connection", error),
  });

  async function answerCall(request: Http2Request): Promise<Http2Response> {
    const method = health.method(request.path);
    const isGrpc = /^application\/grpc(\+proto)?$/.test(
      mediaType(request.headers.get("content-type")),
    );
    const draft = beginExport({
      peer: peerName(request.peer),
      userAgent: request.headers.get("user-agent") ?? "",
      protocol: isGrpc ? "grpc" : "unknown",
    });
    if (!isGrpc) return refuseTransport(request, draft);
    try {
      checkSender(request);
      if (method) return await health.answer(method, request);
      const response = await receive(request, draft);
      exports.add(endExport(draft, RPC_CODE.OK));
      return answerMessages(frameMessage(response));
    } catch (error) {
      if (error instanceof BodyError) {
        draft.reason = "The sender gave up";
        if (!method) exports.add(endExport(draft, RPC_CODE.CANCELLED));
        throw error;
      }
      const { rpcStatus, byteOffset } = refusalOf(
        error,
        (fault) => reportFault(`take ${request.path}`, fault),
      );
      draft.reason = rpcStatus.message;
      if (byteOffset !== undefined) draft.byteOffset = byteOffset;
      if (!method) exports.add(endExport(draft, rpcStatus.code));
      return answerStatus(rpcStatus);
    }
  }

  async function receive(
    request: Http2Request,
    draft: ExportDraft,
  ): Promise<Uint8Array<ArrayBuffer>> {
    const { admission, maxBodyBytes = DEFAULT_MAX_BODY_BYTES } = options;
    const signal = signalOf(request);
    draft.signal = signal;
    using reservation = admission.enter({ peer: draft.peer, isBuffered: true });
    const message = await readUnaryMessage(request, maxBodyBytes, reservation);
    const { body: bytes, isCompressed: isGzip, wireBytes } = message;
    draft.wireBytes = wireBytes;
    if (isGzip) draft.compression = "gzip";
    const outcome = await receiveExport(options, {
      signal,
      encoding: "protobuf",
      bytes,
      isGzip,
      limitBytes: maxBodyBytes,
      reservation,
      draft,
    });
    return encodeExportResponse(signal, outcome, "protobuf");
  }

  /** gRPC has no status for what is no gRPC. */
  function refuseTransport(request: Http2Request, draft: ExportDraft): Http2Response {
    const rightPort = otherPort();
    const message = wrongPortMessage({ spoken: "http", rightPort });
    const detail = `${request.method} ${request.path} with "${
      mediaType(request.headers.get("content-type"))
    }"`;
    draft.reason = message;
    draft.hints.push(wrongPort({ spoken: "http", rightPort, detail: detail.slice(0, 200) }));
    exports.add(endExport(draft, 415));
    return {
      status: 415,
      headers: { "content-type": "application/json" },
      body: encodeRpcStatus({ code: RPC_CODE.INVALID_ARGUMENT, message }, "json"),
    };
  }

  /** @throws {RefusedError} If the sender may not send. */
  function checkSender({ headers, authority }: Http2Request): void {
    const refusal = options.guard.check("receive", {
      method: "POST",
      headers: { get: (name) => (name === "host" ? authority : headers.get(name)) || null },
    });
    if (!refusal) return;
    const code = refusal.status === 401 ? RPC_CODE.UNAUTHENTICATED : RPC_CODE.PERMISSION_DENIED;
    throw new RefusedError(refusal.status, { code, message: refusal.message });
  }

  return runningServer(listener.addr as Deno.NetAddr, () => {
    const ended = server.shutdown();
    health.shutdown();
    return ended;
  });
}

function signalOf({ path }: Http2Request): Signal {
  const [, service = "", method] = /^\/([\w.]+)\/(\w+)$/.exec(path) ?? [];
  const signal = SIGNALS.find((signal) => GRPC_SERVICES[signal] === service);
  if (signal && method === "Export") return signal;
  throw new RefusedError(404, {
    code: RPC_CODE.UNIMPLEMENTED,
    message: `Cannot call "${path.slice(0, 100)}": expected Export of ` +
      Object.values(GRPC_SERVICES).join(", "),
  });
}
