import { Buffer } from "node:buffer";
import type { ClientHttp2Session, IncomingHttpHeaders } from "node:http2";
import { connect } from "node:http2";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { VERSION } from "../../version.ts";
import { retryDelay } from "./rpc_status.ts";
import type { OtlpTarget } from "./target.ts";
import { readTlsFiles } from "./tls_files.ts";
import { openTlsTunnel } from "./tls_tunnel.ts";
import { connectionFailure, NO_ANSWER, type OtlpTransport, TransportError } from "./transport.ts";

const SERVICES = {
  traces: "/opentelemetry.proto.collector.trace.v1.TraceService/Export",
  metrics: "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export",
  logs: "/opentelemetry.proto.collector.logs.v1.LogsService/Export",
};

/** gRPC's status codes: https://grpc.github.io/grpc/core/md_doc_statuscodes.html */
const OK = 0;
const UNKNOWN = 2;
const RESOURCE_EXHAUSTED = 8;

/** https://opentelemetry.io/docs/specs/otlp/#failures */
const RETRYABLE_STATUS = new Set([1, 4, 10, 11, 14, 15]);

/**
 * What a proxy that has no gRPC status means is UNAVAILABLE, which may be retried.
 *
 * @see https://github.com/grpc/grpc/blob/master/doc/http-grpc-status-mapping.md
 */
const RETRYABLE_HTTP_STATUS = new Set([429, 502, 503, 504]);

/** A message is preceded by a byte that says whether it is compressed, and four of length. */
const PREFIX_BYTES = 5;

/** The header `grpc-timeout` takes eight digits. */
const MAX_GRPC_TIMEOUT_MS = 99_999_999;

const compress = promisify(gzip);

/**
 * OTLP over gRPC: unary calls over one HTTP/2 connection that is opened again where it was lost.
 *
 * This is `node:http2` without a gRPC library, because @grpc/grpc-js hangs now and then on Deno.
 *
 * @throws {Error} If a certificate or key cannot be read.
 */
export function createGrpcTransport(target: OtlpTarget): OtlpTransport {
  const { compression } = target;
  const url = new URL(target.url);
  const tls = readTlsFiles(target);
  let session: ClientHttp2Session | undefined;

  async function openSession(timeoutMillis: number): Promise<ClientHttp2Session> {
    if (session && !session.closed && !session.destroyed) return session;
    const patience = new AbortController();
    const timer = timeoutMillis === Infinity
      ? undefined
      : setTimeout(() => patience.abort(), timeoutMillis);
    try {
      session = await connectTo(url, tls, patience.signal);
    } catch (error) {
      const reason = patience.signal.aborted ? NO_ANSWER : connectionFailure(error);
      throw new TransportError(reason, { retryable: true, cause: error });
    } finally {
      clearTimeout(timer);
    }
    // An error ends the streams too, and these report it.
    session.on("error", () => {});
    session.unref();
    return session;
  }

  return {
    async send(body, timeoutMillis) {
      const message = compression === "gzip" ? await compress(body) : body;
      const frame = new Uint8Array(PREFIX_BYTES + message.length);
      frame[0] = compression === "gzip" ? 1 : 0;
      new DataView(frame.buffer).setUint32(1, message.length);
      frame.set(message, PREFIX_BYTES);

      const deadline = Date.now() + timeoutMillis;
      const connection = await openSession(timeoutMillis);
      const remainingMillis = Math.max(deadline - Date.now(), 1);
      const headers = {
        ":method": "POST",
        ":path": SERVICES[target.signal],
        ":scheme": url.protocol.slice(0, -1),
        ":authority": url.host,
        "user-agent": `otel-kit/${VERSION}`,
        ...target.headers,
        "content-type": "application/grpc",
        te: "trailers",
        ...compression === "gzip" && { "grpc-encoding": "gzip" },
        ...remainingMillis <= MAX_GRPC_TIMEOUT_MS &&
          { "grpc-timeout": `${Math.ceil(remainingMillis)}m` },
      };
      return unframe(await call(connection, headers, frame, remainingMillis));
    },
    shutdown: () => session?.destroy(),
  };
}

/**
 * Connects; a server that refuses or does not answer is found out first, because `node:http2` reports
 * the one twice and waits for the other.
 */
async function connectTo(
  url: URL,
  tls: ReturnType<typeof readTlsFiles>,
  signal: AbortSignal,
): Promise<ClientHttp2Session> {
  const secure = url.protocol === "https:";
  const hostname = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const port = Number(url.port || (secure ? 443 : 80));
  (await Deno.connect({ hostname, port, signal })).close();
  return connect(secure ? await openTlsTunnel({ hostname, port, ...tls }, signal) : url.origin);
}

/** Makes one unary call and returns the body; the status is in the trailers, or in the headers. */
function call(
  session: ClientHttp2Session,
  headers: Record<string, string>,
  frame: Uint8Array,
  timeoutMillis: number,
): Promise<Uint8Array> {
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
  const stream = session.request(headers);
  const chunks: Uint8Array[] = [];
  let answer: IncomingHttpHeaders = {};

  const fail = (error: unknown) =>
    reject(new TransportError(connectionFailure(error), { retryable: true, cause: error }));
  const timer = timeoutMillis === Infinity ? undefined : setTimeout(() => {
    reject(new TransportError(NO_ANSWER, { retryable: true }));
    stream.close();
  }, timeoutMillis);
  stream.on("response", (headers) => answer = { ...answer, ...headers });
  stream.on("trailers", (trailers) => answer = { ...answer, ...trailers });
  stream.on("data", (chunk: Uint8Array) => chunks.push(chunk));
  stream.on("error", fail);
  stream.on("close", () => {
    clearTimeout(timer);
    const error = failureOf(answer);
    if (error) reject(error);
    else resolve(Buffer.concat(chunks));
  });
  stream.end(frame);
  return promise;
}

/** The error that headers and trailers tell of; undefined for the status OK. */
function failureOf(answer: IncomingHttpHeaders): TransportError | undefined {
  const status = answer["grpc-status"] === undefined ? undefined : Number(answer["grpc-status"]);
  if (status === OK) return undefined;
  if (status === undefined) {
    // What answers without a gRPC status is no gRPC server, or the connection was lost.
    const http = answer[":status"] === undefined ? undefined : Number(answer[":status"]);
    const message = http === undefined
      ? "the connection was closed"
      : `the server answered HTTP ${http} and no gRPC status`;
    return new TransportError(message, {
      retryable: http === undefined || RETRYABLE_HTTP_STATUS.has(http),
      answered: http !== undefined,
      httpStatus: http,
    });
  }
  const detail = answer["grpc-message"];
  const text = typeof detail === "string" && detail ? `: ${decode(detail)}` : "";
  const retryAfterMillis = retryDelay(answer["grpc-status-details-bin"]);
  return new TransportError(`the server answered gRPC status ${status || UNKNOWN}${text}`, {
    retryable: RETRYABLE_STATUS.has(status) ||
      (status === RESOURCE_EXHAUSTED && retryAfterMillis !== undefined),
    answered: true,
    grpcStatus: status || UNKNOWN,
    retryAfterMillis,
  });
}

/** The message is percent-encoded, and servers are not always careful. */
function decode(message: string): string {
  try {
    return decodeURIComponent(message);
  } catch {
    return message;
  }
}

/** The message without its prefix; a compressed one is not asked for and not read. */
function unframe(body: Uint8Array): Uint8Array {
  return body[0] === 0 ? body.subarray(PREFIX_BYTES) : new Uint8Array();
}
