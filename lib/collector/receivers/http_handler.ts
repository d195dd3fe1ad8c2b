import { DEFAULT_PORTS } from "../../default_ports.ts";
import type { HttpResponse } from "../../http/handler.ts";
import type { IncomingRequest } from "../../http_server/incoming_request.ts";
import { wrongPort, wrongPortMessage } from "../hints/wrong_port.ts";
import { CONTENT_TYPES, type Encoding, encodingOf, mediaType } from "../../otlp/content_type.ts";
import { encodeExportResponse } from "../../otlp/export_response.ts";
import { encodeRpcStatus, RPC_CODE } from "../../otlp/rpc_status.ts";
import { signalOfPath } from "../../otlp/signal.ts";
import { rememberLast } from "../remember_last.ts";
import { type Compression, compressionOf, COMPRESSIONS } from "../../otlp/content_encoding.ts";
import { corsHeaders, preflightAnswer } from "./cors.ts";
import { beginExport, endExport, type ExportDraft } from "./export_draft.ts";
import { DEFAULT_MAX_BODY_BYTES, type ReceiverOptions } from "./receiver_options.ts";
import { readBody } from "./read_body.ts";
import { receiveExport } from "./receive_export.ts";
import { forbidden, refusalOf, RefusedError, unreadable } from "./refused_error.ts";

/** Handles a request from a peer, given as address and port. */
export type OtlpHttpHandler = (request: IncomingRequest, peer: string) => Promise<HttpResponse>;

/**
 * Creates the handler for OTLP over HTTP. Every request gets an appropriate response and is recorded.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/#otlphttp
 */
export function createHttpHandler(options: ReceiverOptions): OtlpHttpHandler {
  const { exports, guard, otherPort = () => DEFAULT_PORTS.grpcPort, reportFault = () => {} } =
    options;
  return async (request, peer) => {
    if (request.method === "OPTIONS") return preflightAnswer(request, guard);
    const encoding = encodingOf(request.headers.get("content-type"));
    const draft = beginExport({
      peer,
      userAgent: request.headers.get("user-agent") ?? "",
      protocol: encoding ? `http/${encoding}` : "unknown",
    });
    if (mediaType(request.headers.get("content-type")).startsWith("application/grpc")) {
      return answerGrpc(request, draft, options, otherPort());
    }
    let cors: Record<string, string> = {};
    try {
      cors = corsHeaders(request, guard);
      const answer = await receive(request, encoding, draft, options);
      exports.add(endExport(draft, 200));
      return {
        status: 200,
        headers: { ...cors, "content-type": CONTENT_TYPES[encoding!] },
        body: answer,
      };
    } catch (error) {
      const { httpStatus, headers, rpcStatus, byteOffset } = refusalOf(
        error,
        (fault) => reportFault(`take ${request.method} ${pathOf(request)}`, fault),
      );
      draft.reason = rpcStatus.message;
      if (byteOffset !== undefined) draft.byteOffset = byteOffset;
      exports.add(endExport(draft, httpStatus));
      return {
        status: httpStatus,
        headers: { ...cors, ...headers, "content-type": CONTENT_TYPES[encoding ?? "json"] },
        body: encodeRpcStatus(rpcStatus, encoding ?? "json"),
      };
    }
  };
}

/** Processes the request and returns the response body; throws `RefusedError` if it rejects it. */
async function receive(
  request: IncomingRequest,
  encoding: Encoding | undefined,
  draft: ExportDraft,
  options: ReceiverOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const { admission, guard, maxBodyBytes = DEFAULT_MAX_BODY_BYTES } = options;
  const path = parsePath(request.url);
  if (path === undefined) throw unreadable(new Error("its host is invalid"));
  const signal = signalOfPath(path);
  if (signal) draft.signal = signal;
  const refusal = guard.check("receive", request);
  if (refusal) throw forbidden(refusal);
  if (!signal) throw unknownPath(request);
  if (request.method !== "POST") throw wrongMethod(request);
  if (!encoding) throw unknownType(request);
  const compression = draft.compression = readCompression(request);

  using reservation = admission.enter({ peer: draft.peer, isBuffered: false });
  const bytes = await readBody(request, maxBodyBytes, reservation);
  draft.wireBytes = bytes.length;
  const outcome = await receiveExport(options, {
    signal,
    encoding,
    bytes,
    compression,
    limitBytes: maxBodyBytes,
    reservation,
    draft,
  });
  return encodeExportResponse(signal, outcome, encoding);
}

/** Answers a gRPC client, which understands only gRPC's own status. */
function answerGrpc(
  request: IncomingRequest,
  draft: ExportDraft,
  { exports }: ReceiverOptions,
  rightPort: number,
): HttpResponse {
  const message = wrongPortMessage({ spoken: "grpc", rightPort });
  const detail = `${request.method} ${pathOf(request)} with application/grpc`;
  draft.protocol = "grpc";
  draft.reason = message;
  draft.hints.push(wrongPort({ spoken: "grpc", rightPort, detail }));
  exports.add(endExport(draft, RPC_CODE.UNIMPLEMENTED));
  return {
    status: 200,
    headers: {
      "content-type": "application/grpc",
      "grpc-status": String(RPC_CODE.UNIMPLEMENTED),
      "grpc-message": encodeURI(message),
    },
  };
}

/** Undefined if the client sent an invalid host. */
const parsePath = rememberLast((url) => URL.parse(url)?.pathname);

function pathOf({ url }: IncomingRequest): string {
  return parsePath(url) ?? url;
}

function readCompression({ headers }: IncomingRequest): Compression | "none" {
  const header = headers.get("content-encoding");
  const compression = compressionOf(header);
  if (compression) return compression;
  throw new RefusedError(415, {
    code: RPC_CODE.INVALID_ARGUMENT,
    message: `Cannot read content-encoding "${header?.slice(0, 100)}": ` +
      `expected ${COMPRESSIONS.join(", ")} or none`,
  }, { headers: { "accept-encoding": COMPRESSIONS.join(", ") } });
}

function unknownPath(request: IncomingRequest): RefusedError {
  const path = pathOf(request);
  const known = "/v1/traces, /v1/metrics or /v1/logs";
  const advice = path.startsWith("/v1development/profiles")
    ? "profiles are not supported, because their format still changes between versions"
    : path.startsWith("/v1/")
    ? `expected ${known}`
    : `expected ${known}. Set an endpoint for all signals without a path`;
  return new RefusedError(404, {
    code: RPC_CODE.NOT_FOUND,
    message: `Cannot ${request.method} "${path.slice(0, 100)}": ${advice}`,
  });
}

function wrongMethod({ method }: IncomingRequest): RefusedError {
  return new RefusedError(405, {
    code: RPC_CODE.UNIMPLEMENTED,
    message: `Cannot ${method} here: send telemetry with POST`,
  }, { headers: { allow: "POST" } });
}

function unknownType(request: IncomingRequest): RefusedError {
  return new RefusedError(415, {
    code: RPC_CODE.INVALID_ARGUMENT,
    message:
      `Cannot read content-type "${
        mediaType(request.headers.get("content-type")).slice(0, 100)
      }": expected ` +
      Object.values(CONTENT_TYPES).join(" or "),
  });
}
