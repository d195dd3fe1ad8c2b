import { hostAndPort } from "../../host.ts";
import type { HttpHandler, HttpRequest } from "../../http/handler.ts";
import { BodyError } from "../../http/request_body.ts";
import { mediaType } from "../../otlp/content_type.ts";
import { encodeExportResponse } from "../../otlp/export_response.ts";
import { frameMessage, GRPC_SERVICES } from "../../otlp/grpc.ts";
import { RPC_CODE } from "../../otlp/rpc_status.ts";
import { type Signal, SIGNALS } from "../../otlp/signal.ts";
import { beginExport, endExport, type ExportDraft } from "./export_draft.ts";
import { answerMessages, answerStatus, readUnaryMessage } from "./grpc_call.ts";
import type { GrpcHealth } from "./grpc_health.ts";
import { DEFAULT_MAX_BODY_BYTES, type ReceiverOptions } from "./receiver_options.ts";
import { receiveExport } from "./receive_export.ts";
import { forbidden, refusalOf, RefusedError } from "./refused_error.ts";
import { answerNoGrpc } from "./wrong_protocol.ts";

/** Options of {@linkcode createGrpcHandler}. */
export type GrpcHandlerOptions =
  & ReceiverOptions
  & Required<Pick<ReceiverOptions, "otherPort" | "reportFault">>;

/**
 * Creates the handler for OTLP over gRPC, and for health checks. Every request gets an appropriate response and
 * is recorded, except health checks.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/#otlpgrpc
 */
export function createGrpcHandler(
  options: GrpcHandlerOptions,
  health: Pick<GrpcHealth, "method" | "answer">,
): HttpHandler {
  const { exports, reportFault } = options;
  return async (request) => {
    const method = health.method(request.path);
    const type = mediaType(request.headers.get("content-type"));
    const isGrpc = /^application\/grpc(\+proto)?$/.test(type);
    const draft = beginExport({
      peer: hostAndPort(request.peer),
      userAgent: request.headers.get("user-agent") ?? "",
      protocol: isGrpc ? "grpc" : "unknown",
    });
    if (!isGrpc) return answerNoGrpc(request, draft, options);
    try {
      checkSender(request, options);
      if (method) return await health.answer(method, request);
      const response = await receive(request, draft, options);
      exports.add(endExport(draft, RPC_CODE.OK));
      return answerMessages(frameMessage(response));
    } catch (error) {
      if (error instanceof BodyError) {
        draft.reason = "The sender aborted";
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
  };
}

/** Processes the request and returns the response message; throws `RefusedError` if it rejects it. */
async function receive(
  request: HttpRequest,
  draft: ExportDraft,
  options: ReceiverOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const { admission, maxBodyBytes = DEFAULT_MAX_BODY_BYTES } = options;
  const signal = signalOf(request);
  draft.signal = signal;
  using reservation = admission.enter({ peer: draft.peer, isBuffered: true });
  const message = await readUnaryMessage(request, maxBodyBytes, reservation);
  const { body: bytes, compression, wireBytes } = message;
  draft.wireBytes = wireBytes;
  draft.compression = compression;
  const outcome = await receiveExport(options, {
    signal,
    encoding: "protobuf",
    bytes,
    compression,
    limitBytes: maxBodyBytes,
    reservation,
    draft,
  });
  return encodeExportResponse(signal, outcome, "protobuf");
}

/** @throws {RefusedError} If the sender may not send. */
function checkSender(
  { headers, authority }: HttpRequest,
  { guard }: Pick<ReceiverOptions, "guard">,
): void {
  const refusal = guard.check("receive", {
    method: "POST",
    headers: { get: (name) => (name === "host" ? authority : headers.get(name)) || null },
  });
  if (refusal) throw forbidden(refusal);
}

function signalOf({ path }: HttpRequest): Signal {
  const [, service = "", method] = /^\/([\w.]+)\/(\w+)$/.exec(path) ?? [];
  const signal = SIGNALS.find((signal) => GRPC_SERVICES[signal] === service);
  if (signal && method === "Export") return signal;
  throw new RefusedError(404, {
    code: RPC_CODE.UNIMPLEMENTED,
    message: `Cannot call "${path.slice(0, 100)}": expected Export of ` +
      Object.values(GRPC_SERVICES).join(", "),
  });
}
