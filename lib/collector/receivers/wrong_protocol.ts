import { hostAndPort } from "../../host.ts";
import type { HttpRequest, HttpResponse } from "../../http/handler.ts";
import { wrongPort, wrongPortMessage } from "../hints/wrong_port.ts";
import { CONTENT_TYPES, type Encoding, encodingOf, mediaType } from "../../otlp/content_type.ts";
import { encodeRpcStatus, RPC_CODE } from "../../otlp/rpc_status.ts";
import { beginExport, endExport, type ExportDraft, type ExportSink } from "./export_draft.ts";

/** The data for responses to clients on the wrong port. */
export interface WrongProtocolOptions {
  exports: ExportSink;
  /** The endpoint of OTLP over HTTP. */
  otherPort: () => number;
}

/** Answers an HTTP/1.1 request on gRPC's port with the correct port, and records it. */
export function answerHttp1(
  { method, path, headers, peer }: HttpRequest,
  { exports, otherPort }: WrongProtocolOptions,
): HttpResponse {
  const encoding = encodingOf(headers.get("content-type"));
  const rightPort = otherPort();
  const draft = beginExport({
    peer: hostAndPort(peer),
    userAgent: headers.get("user-agent") ?? "",
    protocol: encoding ? `http/${encoding}` : "unknown",
  });
  const message = wrongPortMessage({ spoken: "http", rightPort });
  const detail = `${method} ${path.slice(0, 180)} HTTP/1.1`;
  draft.reason = message;
  draft.hints.push(wrongPort({ spoken: "http", rightPort, detail }));
  exports.add(endExport(draft, 400));
  return answer(encoding, message);
}

/** Answers an HTTP/2 request that is not gRPC, and records it. gRPC has no status for that. */
export function answerNoGrpc(
  { method, path, headers }: HttpRequest,
  draft: ExportDraft,
  { exports, otherPort }: WrongProtocolOptions,
): HttpResponse {
  const rightPort = otherPort();
  const message = wrongPortMessage({ spoken: "http", rightPort });
  const detail = `${method} ${path} with "${mediaType(headers.get("content-type"))}"`;
  draft.reason = message;
  draft.hints.push(wrongPort({ spoken: "http", rightPort, detail: detail.slice(0, 200) }));
  exports.add(endExport(draft, 415));
  return {
    status: 415,
    headers: { "content-type": CONTENT_TYPES.json },
    body: encodeRpcStatus({ code: RPC_CODE.INVALID_ARGUMENT, message }, "json"),
  };
}

/** Records a connection to gRPC's port that speaks neither HTTP/2 nor HTTP/1.1. */
export function recordNoHttp(peer: Deno.NetAddr, exports: ExportSink): void {
  const draft = beginExport({ peer: hostAndPort(peer), userAgent: "", protocol: "unknown" });
  draft.reason = "The connection speaks neither HTTP/2 nor HTTP/1.1";
  exports.add(endExport(draft, 400));
}

/** The status in the encoding of the request, or a line of plain text for people. */
function answer(encoding: Encoding | undefined, message: string): HttpResponse {
  const status = { code: RPC_CODE.INVALID_ARGUMENT, message };
  return {
    status: 400,
    headers: { "content-type": encoding ? CONTENT_TYPES[encoding] : "text/plain" },
    body: encoding ? encodeRpcStatus(status, encoding) : new TextEncoder().encode(`${message}\n`),
  };
}
