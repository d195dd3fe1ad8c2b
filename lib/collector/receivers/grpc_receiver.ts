import type { Http2Session, IncomingHttpHeaders, ServerHttp2Stream } from "node:http2";
import { createServer } from "node:http2";
import type { AddressInfo } from "node:net";
import { type ListenAddress, listening } from "../listen_error.ts";
import { wrongPort, wrongPortMessage } from "../hints/wrong_port.ts";
import { encodeExportResponse } from "../../otlp/export_response.ts";
import { encodeRpcStatus, RPC_CODE } from "../../otlp/rpc_status.ts";
import type { Signal } from "../../otlp/signal.ts";
import { MalformedError } from "../../otlp/malformed_error.ts";
import { beginExport, endExport, type ExportDraft } from "./export_draft.ts";
import { NO_DATE, readUnaryMessage, respondMessage, respondStatus } from "./grpc_call.ts";
import { startGrpcFront } from "./grpc_front.ts";
import { createGrpcHealth } from "./grpc_health.ts";
import { DEFAULT_MAX_BODY_BYTES, type ReceiverOptions } from "./receiver_options.ts";
import { createReceiver, type Receiver } from "./http_receiver.ts";
import { receiveExport } from "./receive_export.ts";
import { malformed, RefusedError } from "./refused_error.ts";

const SERVICES: Record<string, Signal> = {
  "opentelemetry.proto.collector.trace.v1.TraceService": "traces",
  "opentelemetry.proto.collector.metrics.v1.MetricsService": "metrics",
  "opentelemetry.proto.collector.logs.v1.LogsService": "logs",
};

/** OTLP/HTTP's port by default. */
const HTTP_PORT = 4318;

/**
 * Receives OTLP over gRPC, and answers health checks.
 *
 * @throws {ListenError} If the address cannot be had.
 * @see https://opentelemetry.io/docs/specs/otlp/#otlpgrpc
 */
export async function createGrpcReceiver(
  { hostname, port, portFlag = "--grpc-port", ...options }:
    & ReceiverOptions
    & Omit<ListenAddress, "portFlag">
    & { portFlag?: string },
): Promise<Receiver> {
  const { exports, otherPort = () => HTTP_PORT } = options;
  const listener = listening({ hostname, port, portFlag }, () => Deno.listen({ hostname, port }));
  const health = createGrpcHealth(Object.keys(SERVICES), options.admission);
  const calls = new Set<Promise<void>>();
  /** With the port that each comes from: a socket that is closed must not be asked. */
  const sessions = new Map<Http2Session | undefined, number>();

  const server = createServer();
  server.on("session", (session) => {
    sessions.set(session, session.socket.remotePort ?? 0);
    session.on("close", () => sessions.delete(session));
    // Its streams report it.
    session.on("error", () => {});
  });
  server.on("stream", (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
    stream.on("error", () => {});
    const peer = front.peerOf(sessions.get(stream.session) ?? 0);
    const call = answerCall(stream, headers, peer).finally(() => calls.delete(call));
    calls.add(call);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port: innerPort } = server.address() as AddressInfo;
  const front = startGrpcFront(listener as Deno.TcpListener, { innerPort, exports, otherPort });

  async function answerCall(
    stream: ServerHttp2Stream,
    headers: IncomingHttpHeaders,
    peer: string,
  ): Promise<void> {
    const method = health.method(String(headers[":path"]));
    const isGrpc = /^application\/grpc(\+proto)?$/.test(mediaType(headers));
    const draft = beginExport({
      peer,
      userAgent: headers["user-agent"] ?? "",
      protocol: isGrpc ? "grpc" : "unknown",
    });
    try {
      if (!isGrpc) return refuseTransport(stream, headers, draft);
      checkSender(headers);
      if (method) return await health.answer(method, stream, headers);
      const response = await receive(stream, headers, draft);
      exports.add(endExport(draft, RPC_CODE.OK));
      respondMessage(stream, response);
    } catch (error) {
      const { rpcStatus, byteOffset } = refusalOf(error);
      draft.reason = rpcStatus.message;
      if (byteOffset !== undefined) draft.byteOffset = byteOffset;
      if (!method) exports.add(endExport(draft, rpcStatus.code));
      respondStatus(stream, rpcStatus);
    }
    await closed(stream);
  }

  async function receive(
    stream: ServerHttp2Stream,
    headers: IncomingHttpHeaders,
    draft: ExportDraft,
  ): Promise<Uint8Array> {
    const { store, admission, maxBodyBytes = DEFAULT_MAX_BODY_BYTES } = options;
    const signal = signalOf(headers);
    draft.signal = signal;
    using reservation = admission.enter();
    const message = await readUnaryMessage(stream, headers, maxBodyBytes, reservation);
    const { body, isCompressed, wireBytes } = message;
    draft.wireBytes = wireBytes;
    if (isCompressed) draft.compression = "gzip";
    const received = { signal, encoding: "protobuf", body, reservation, draft } as const;
    return encodeExportResponse(signal, await receiveExport(store, received), "protobuf");
  }

  /** gRPC has no status for what is no gRPC. */
  function refuseTransport(
    stream: ServerHttp2Stream,
    headers: IncomingHttpHeaders,
    draft: ExportDraft,
  ): void {
    const rightPort = otherPort();
    const message = wrongPortMessage({ spoken: "http", rightPort });
    const detail = `${headers[":method"]} ${headers[":path"]} with "${mediaType(headers)}"`;
    draft.reason = message;
    draft.hints.push(wrongPort({ spoken: "http", rightPort, detail: detail.slice(0, 200) }));
    exports.add(endExport(draft, 415));
    stream.respond({ ":status": 415, "content-type": "application/json" }, NO_DATE);
    stream.end(encodeRpcStatus({ code: RPC_CODE.INVALID_ARGUMENT, message }, "json"));
    stream.resume();
  }

  /** @throws {RefusedError} If the sender may not send. */
  function checkSender(headers: IncomingHttpHeaders): void {
    const refusal = options.guard.check("receive", {
      method: "POST",
      headers: {
        get: (name) =>
          String(headers[name] ?? (name === "host" ? headers[":authority"] : "") ?? "") || null,
      },
    });
    if (!refusal) return;
    const code = refusal.status === 401 ? RPC_CODE.UNAUTHENTICATED : RPC_CODE.PERMISSION_DENIED;
    throw new RefusedError(refusal.status, { code, message: refusal.message });
  }

  return createReceiver(front.address, async () => {
    front.close();
    health.shutdown();
    await Promise.all(calls);
    await Promise.all([...sessions.keys()].map(closeSession));
    await new Promise((resolve) => server.close(resolve));
    await front.shutdown();
  });
}

/** Resolves when everything that was answered is out. */
function closeSession(session: Http2Session | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (!session || session.destroyed) return resolve();
    session.once("close", resolve);
    session.close();
  });
}

function mediaType(headers: IncomingHttpHeaders): string {
  return (headers["content-type"] ?? "").split(";")[0]!.trim().toLowerCase();
}

function signalOf(headers: IncomingHttpHeaders): Signal {
  const path = String(headers[":path"]);
  const [, service = "", method] = /^\/([\w.]+)\/(\w+)$/.exec(path) ?? [];
  const signal = Object.hasOwn(SERVICES, service) ? SERVICES[service] : undefined;
  if (signal && method === "Export") return signal;
  throw new RefusedError(404, {
    code: RPC_CODE.UNIMPLEMENTED,
    message: `Cannot call "${path.slice(0, 100)}": expected Export of ` +
      Object.keys(SERVICES).join(", "),
  });
}

/** Resolves when the answer is out; what still comes of the request is read and forgotten. */
async function closed(stream: ServerHttp2Stream): Promise<void> {
  stream.resume();
  if (stream.closed || stream.destroyed) return;
  await new Promise<void>((resolve) => stream.once("close", resolve));
}

function refusalOf(error: unknown): RefusedError {
  if (error instanceof RefusedError) return error;
  return malformed(
    error instanceof MalformedError
      ? error
      : new MalformedError(error instanceof Error ? error.message : String(error)),
  );
}
