import { Buffer } from "node:buffer";
import { createServer, type ServerStreamResponseOptions } from "node:http2";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import {
  decodeJson,
  decodeProtobuf,
  type ReceivedLogRecord,
  type ReceivedMetric,
  type ReceivedSignal,
  type ReceivedSpan,
  type ReceivedTelemetry,
} from "./otlp_proto.ts";

/** A request that a receiver got. */
export interface ReceivedRequest extends ReceivedTelemetry {
  path: string;
  signal: ReceivedSignal;
  headers: Record<string, string>;
}

/** How a receiver answers; by default with success. */
export interface Answer {
  /** HTTP status; a receiver of OTLP/gRPC that has one answers like a proxy, without gRPC status. */
  status?: number;
  headers?: Record<string, string>;
  body?: BodyInit;
  /** For a receiver of OTLP/gRPC. */
  grpcStatus?: number;
  grpcMessage?: string;
  /** The header `grpc-status-details-bin`, in base64. */
  grpcDetails?: string;
}

/** Options of the receivers. */
export interface ReceiverOptions {
  tls?: boolean;
  /** 0 is any free port. */
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
  /** All metrics so far, those of each export after the other. */
  readonly metrics: ReceivedMetric[];
  /** All log records so far. */
  readonly logRecords: ReceivedLogRecord[];
  /** Resolves with all spans as soon as there are so many. */
  waitForSpans(count: number): Promise<ReceivedSpan[]>;
  /** Resolves as soon as what was received is as wanted. */
  waitUntil(isReceived: (receiver: ReceivedTelemetry) => boolean): Promise<void>;
}

/** The paths of the test certificates. */
export const TLS_FILES = {
  ca: testFile("ca.pem"),
  cert: testFile("server.pem"),
  key: testFile("server.key"),
  clientCert: testFile("client.pem"),
  clientKey: testFile("client.key"),
};

/** Receives OTLP over HTTP, in protobuf and JSON, plain and compressed. */
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

/** Receives OTLP over gRPC. */
export async function startGrpcReceiver(
  { tls = false, port = 0, answer = () => ({}) }: ReceiverOptions = {},
): Promise<Receiver> {
  const inbox = createInbox();
  const server = createServer();
  const sessions = new Set<{ destroy(): void }>();
  server.on("session", (session) => {
    sessions.add(session);
    session.on("close", () => sessions.delete(session));
    session.on("error", () => {});
  });
  server.on("stream", (stream, headers) => {
    const chunks: Uint8Array[] = [];
    stream.on("error", () => {});
    stream.on("data", (chunk: Uint8Array) => chunks.push(chunk));
    stream.on("end", () => {
      const frame = Buffer.concat(chunks);
      const message = frame.subarray(5);
      const path = String(headers[":path"]);
      const signal = signalOf(path);
      const received = {
        path,
        signal,
        headers: headers as Record<string, string>,
        ...decodeProtobuf(frame[0] === 1 ? gunzipSync(message) : message, signal),
      };
      const { status: httpStatus, grpcStatus = 0, grpcMessage, grpcDetails } = answer(received);
      inbox.add(received, grpcStatus === 0 && httpStatus === undefined);
      if (httpStatus !== undefined) {
        const options = { endStream: true, sendDate: false } as ServerStreamResponseOptions;
        return stream.respond({ ":status": httpStatus }, options);
      }
      const status = {
        "grpc-status": String(grpcStatus),
        ...grpcMessage && { "grpc-message": grpcMessage },
        ...grpcDetails && { "grpc-status-details-bin": grpcDetails },
      };
      stream.respond({ ":status": 200, "content-type": "application/grpc" }, {
        waitForTrailers: true,
        sendDate: false,
      } as ServerStreamResponseOptions);
      stream.on("wantTrailers", () => stream.sendTrailers(status));
      stream.end(grpcStatus === 0 ? new Uint8Array(5) : undefined);
    });
  });
  await new Promise<void>((resolve) => server.listen(tls ? 0 : port, "127.0.0.1", resolve));
  const plainPort = (server.address() as AddressInfo).port;
  const terminator = tls ? terminateTls(plainPort) : undefined;
  return receiver(inbox, terminator?.port ?? plainPort, tls, async () => {
    await terminator?.stop();
    for (const session of sessions) session.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
}

/** Deno 2.7's node:http2 does not serve over TLS: takes TLS off and passes the rest on. */
function terminateTls(target: number) {
  const listener = Deno.listenTls({
    hostname: "127.0.0.1",
    port: 0,
    cert: Deno.readTextFileSync(TLS_FILES.cert),
    key: Deno.readTextFileSync(TLS_FILES.key),
    alpnProtocols: ["h2"],
  });
  const pipes = new Set<Promise<unknown>>();
  const accepting = (async () => {
    for await (const outside of listener) {
      const inside = await Deno.connect({ hostname: "127.0.0.1", port: target });
      const pipe = Promise.allSettled([
        outside.readable.pipeTo(inside.writable),
        inside.readable.pipeTo(outside.writable),
      ]);
      pipes.add(pipe);
    }
  })();
  return {
    port: listener.addr.port,
    async stop() {
      listener.close();
      await accepting;
      await Promise.all(pipes);
    },
  };
}

/** The signal of an OTLP path, over HTTP or gRPC; any other path is taken for traces. */
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
  function waitUntil(isReceived: (received: ReceivedTelemetry) => boolean): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const look = () => {
      if (!isReceived(accepted)) return;
      waiting.delete(look);
      resolve();
    };
    waiting.add(look);
    look();
    return promise;
  }

  return {
    url: `${tls ? "https" : "http"}://localhost:${port}`,
    port,
    requests,
    ...accepted,
    async waitForSpans(count) {
      await waitUntil(({ spans }) => spans.length >= count);
      return accepted.spans;
    },
    waitUntil,
    [Symbol.asyncDispose]: stop,
  };
}

function testFile(name: string): string {
  return new URL(`../testdata/tls/${name}`, import.meta.url).pathname;
}
