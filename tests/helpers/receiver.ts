import { Buffer } from "node:buffer";
import { createServer, type ServerStreamResponseOptions } from "node:http2";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { decodeJson, decodeProtobuf, type ReceivedSpan } from "./otlp_proto.ts";

/** A request that a receiver got. */
export interface ReceivedRequest {
  path: string;
  headers: Record<string, string>;
  spans: ReceivedSpan[];
}

/** How a receiver answers; by default with success. */
export interface Answer {
  /** HTTP status, for a receiver of OTLP/HTTP. */
  status?: number;
  headers?: Record<string, string>;
  body?: BodyInit;
  /** For a receiver of OTLP/gRPC. */
  grpcStatus?: number;
  grpcMessage?: string;
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
  /** Resolves with all spans as soon as there are so many. */
  waitForSpans(count: number): Promise<ReceivedSpan[]>;
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
    const received = {
      path: new URL(request.url).pathname,
      headers: Object.fromEntries(request.headers),
      spans: json ? decodeJson(body.toString()) : decodeProtobuf(body),
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
      const received = {
        path: String(headers[":path"]),
        headers: headers as Record<string, string>,
        spans: decodeProtobuf(frame[0] === 1 ? gunzipSync(message) : message),
      };
      const { grpcStatus = 0, grpcMessage } = answer(received);
      inbox.add(received, grpcStatus === 0);
      const status = {
        "grpc-status": String(grpcStatus),
        ...grpcMessage && { "grpc-message": grpcMessage },
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

function createInbox() {
  const requests: ReceivedRequest[] = [];
  const accepted: ReceivedSpan[] = [];
  const waiting: { count: number; resolve: (spans: ReceivedSpan[]) => void }[] = [];
  return {
    requests,
    accepted,
    waiting,
    add(request: ReceivedRequest, success: boolean) {
      requests.push(request);
      if (success) accepted.push(...request.spans);
      for (const { count, resolve } of waiting) {
        if (accepted.length >= count) resolve(accepted);
      }
    },
  };
}

function receiver(
  { requests, accepted, waiting }: ReturnType<typeof createInbox>,
  port: number,
  tls: boolean,
  stop: () => Promise<void>,
): Receiver {
  return {
    url: `${tls ? "https" : "http"}://localhost:${port}`,
    port,
    requests,
    get spans() {
      return accepted;
    },
    waitForSpans(count) {
      if (accepted.length >= count) return Promise.resolve(accepted);
      return new Promise((resolve) => waiting.push({ count, resolve }));
    },
    [Symbol.asyncDispose]: stop,
  };
}

function testFile(name: string): string {
  return new URL(`../testdata/tls/${name}`, import.meta.url).pathname;
}
