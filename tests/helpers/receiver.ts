import { Buffer } from "node:buffer";
import { gunzipSync } from "node:zlib";
import type { Http2Stream } from "./http2/connection.ts";
import { startHttp2Server } from "./http2/server.ts";
import {
  decodeJson,
  decodeProtobuf,
  type ReceivedLogRecord,
  type ReceivedMetric,
  type ReceivedSignal,
  type ReceivedSpan,
  type ReceivedTelemetry,
} from "./otlp_proto.ts";
import { within } from "./patience.ts";
import { TLS_FILES } from "./tls_files.ts";

/** A request that reached a receiver. */
export interface ReceivedRequest extends ReceivedTelemetry {
  path: string;
  signal: ReceivedSignal;
  headers: Record<string, string>;
}

/** How a receiver answers; success by default. */
export interface Answer {
  /** HTTP status. An OTLP/gRPC receiver with one answers as a proxy does, without a gRPC status. */
  status?: number;
  headers?: Record<string, string>;
  body?: BodyInit | null;
  /** For a receiver of OTLP/gRPC. */
  grpcStatus?: number;
  grpcMessage?: string;
  /** The header `grpc-status-details-bin`, in base64. */
  grpcDetails?: string;
}

/** Options of the receivers. */
export interface ReceiverOptions {
  tls?: boolean;
  /** 0 means any free port. */
  port?: number;
  answer?: (request: ReceivedRequest) => Answer;
}

/** A running receiver. */
export interface Receiver extends AsyncDisposable {
  /** The endpoint to send to, without a path. */
  url: string;
  port: number;
  requests: ReceivedRequest[];
  /** All spans so far. */
  readonly spans: ReceivedSpan[];
  /** All metrics so far, in order of export. */
  readonly metrics: ReceivedMetric[];
  /** All log records so far. */
  readonly logRecords: ReceivedLogRecord[];
  /** Resolves with all spans once there are this many. */
  waitForSpans(count: number): Promise<ReceivedSpan[]>;
  /** Resolves once the received telemetry matches; `what` describes it in the error if it never does. */
  waitUntil(isReceived: (receiver: ReceivedTelemetry) => boolean, what: string): Promise<void>;
}

/** A gRPC message starts with one byte for the compressed flag and four for the length. */
const PREFIX_BYTES = 5;

/** Receives OTLP/HTTP in protobuf and JSON, compressed or not. */
export function startHttpReceiver(
  { tls = false, port = 0, answer = () => ({}) }: ReceiverOptions = {},
): Receiver {
  const inbox = createInbox();
  const server = Deno.serve({
    hostname: "127.0.0.1",
    port,
    onListen: () => {},
    ...tls && {
      cert: Deno.readTextFileSync(TLS_FILES.cert),
      key: Deno.readTextFileSync(TLS_FILES.key),
    },
  }, async (request) => {
    let body = Buffer.from(await request.arrayBuffer());
    if (request.headers.get("content-encoding") === "gzip") body = Buffer.from(gunzipSync(body));
    const json = request.headers.get("content-type") === "application/json";
    const path = new URL(request.url).pathname;
    const signal = signalOf(path);
    const received = {
      path,
      signal,
      headers: Object.fromEntries(request.headers),
      ...json ? decodeJson(body.toString()) : decodeProtobuf(body, signal),
    };
    const { status = 200, headers = {}, body: reply = json ? "{}" : null } = answer(received);
    inbox.add(received, status < 300);
    return new Response(reply, { status, headers });
  });
  return receiver(inbox, server.addr.port, tls, () => server.shutdown());
}

/** Receives OTLP/gRPC. */
export function startGrpcReceiver(
  { tls = false, port = 0, answer = () => ({}) }: ReceiverOptions = {},
): Receiver {
  const inbox = createInbox();
  const server = startHttp2Server({
    tls,
    port,
    async serve(connection) {
      for (let stream; (stream = await connection.accept());) answerCall(stream);
    },
  });

  async function answerCall(stream: Http2Stream): Promise<void> {
    const frame = await stream.body();
    // A client that gave up hasn't sent a whole message.
    if (frame.length < PREFIX_BYTES) return;
    const message = frame.subarray(PREFIX_BYTES);
    const headers = stream.headers!;
    const signal = signalOf(headers[":path"]!);
    const received = {
      path: headers[":path"]!,
      signal,
      headers,
      ...decodeProtobuf(frame[0] === 1 ? gunzipSync(message) : message, signal),
    };
    const { status, grpcStatus = 0, grpcMessage, grpcDetails, body } = answer(received);
    const isAccepted = grpcStatus === 0 && status === undefined;
    inbox.add(received, isAccepted);
    if (status !== undefined) {
      return await stream.sendHeaders({ ":status": String(status) }, { isEnd: true });
    }
    const head = { ":status": "200", "content-type": "application/grpc" };
    const state = {
      "grpc-status": String(grpcStatus),
      ...grpcMessage && { "grpc-message": grpcMessage },
      ...grpcDetails && { "grpc-status-details-bin": grpcDetails },
    };
    if (!isAccepted) return await stream.sendHeaders({ ...head, ...state }, { isEnd: true });
    await stream.sendHeaders(head);
    await stream.sendData(framed(body instanceof Uint8Array ? body : new Uint8Array()));
    await stream.sendHeaders(state, { isEnd: true });
  }

  return receiver(inbox, server.port, tls, server.stop);
}

/** An uncompressed message with its gRPC prefix. */
function framed(message: Uint8Array): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(PREFIX_BYTES + message.length);
  new DataView(frame.buffer).setUint32(1, message.length);
  frame.set(message, PREFIX_BYTES);
  return frame;
}

/** The signal of an OTLP path, for HTTP or gRPC; any other path counts as traces. */
function signalOf(path: string): ReceivedSignal {
  if (/metrics/.test(path)) return "metrics";
  return /logs/.test(path) ? "logs" : "traces";
}

function createInbox() {
  const requests: ReceivedRequest[] = [];
  const accepted: ReceivedTelemetry = { spans: [], metrics: [], logRecords: [] };
  const waiting = new Set<() => void>();
  return {
    requests,
    accepted,
    waiting,
    add(request: ReceivedRequest, success: boolean) {
      requests.push(request);
      if (success) {
        accepted.spans.push(...request.spans);
        accepted.metrics.push(...request.metrics);
        accepted.logRecords.push(...request.logRecords);
      }
      for (const look of waiting) look();
    },
  };
}

function receiver(
  { requests, accepted, waiting }: ReturnType<typeof createInbox>,
  port: number,
  tls: boolean,
  stop: () => Promise<void>,
): Receiver {
  function waitUntil(
    isReceived: (received: ReceivedTelemetry) => boolean,
    what: string,
  ): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const look = () => {
      if (!isReceived(accepted)) return;
      waiting.delete(look);
      resolve();
    };
    waiting.add(look);
    look();
    return within(promise, () => `${what} at the receiver; it has ${accepted.spans.length} spans`);
  }

  return {
    url: `${tls ? "https" : "http"}://localhost:${port}`,
    port,
    requests,
    ...accepted,
    async waitForSpans(count) {
      await waitUntil(({ spans }) => spans.length >= count, `${count} spans`);
      return accepted.spans;
    },
    waitUntil,
    [Symbol.asyncDispose]: stop,
  };
}
