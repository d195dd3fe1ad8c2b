import { frameMessage, GRPC_SERVICES, PREFIX_BYTES } from "../../otlp/grpc.ts";
import { RPC_CODE } from "../../otlp/rpc_status.ts";
import { gzipped, type HttpAnswer, HttpConnection, mergeHeaders } from "./http_connection.ts";
import { readAcceptance, retryDelay } from "./answer.ts";
import { createClient, createClientFor } from "./http_client.ts";
import { findProxyRoute, readProxyVariables } from "./proxy.ts";
import { openProxyTunnel, type ProxyTunnel } from "./proxy_tunnel.ts";
import type { OtlpTarget } from "./target.ts";
import { readTlsFiles } from "./tls_files.ts";
import { type OtlpTransport, RETRYABLE_HTTP_STATUS, TransportError } from "./transport.ts";

/** https://opentelemetry.io/docs/specs/otlp/#failures */
const RETRYABLE_STATUS = new Set<number>([
  RPC_CODE.CANCELLED,
  RPC_CODE.DEADLINE_EXCEEDED,
  RPC_CODE.ABORTED,
  RPC_CODE.OUT_OF_RANGE,
  RPC_CODE.UNAVAILABLE,
  RPC_CODE.DATA_LOSS,
]);

/** The header `grpc-timeout` has at most eight digits. */
const MAX_GRPC_TIMEOUT_MS = 99_999_999;

/**
 * OTLP over gRPC: unary calls over one HTTP/2 connection, which is reopened if it is lost.
 *
 * HTTP/2 comes from Deno's `fetch`, because `node:http2` ends the process at a GOAWAY on Deno 2.9, up to 2.9.6
 * at least (https://github.com/denoland/deno/issues/36788). `fetch` doesn't expose trailers. So a call counts
 * as accepted once the whole message has arrived, which gRPC sends only with the status OK, and a status in the
 * trailers counts as unknown.
 *
 * @throws {Error} If a certificate or key cannot be read.
 * @see https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md
 */
export function createGrpcTransport(target: OtlpTarget): OtlpTransport {
  const { compression } = target;
  const url = new URL(`/${GRPC_SERVICES[target.signal]}/Export`, target.url);
  const way = wayTo(url, { ...readTlsFiles(target), http1: false, http2: true });
  const connection = new HttpConnection(way.createClient);
  const headers = mergeHeaders(target.headers, {
    "content-type": "application/grpc",
    te: "trailers",
    ...compression === "gzip" && { "grpc-encoding": "gzip" },
  });

  return {
    async send(body, timeoutMillis) {
      const request = compression === "gzip" ? await gzipped(body) : body;
      const callHeaders = new Headers(headers);
      if (timeoutMillis <= MAX_GRPC_TIMEOUT_MS) {
        callHeaders.set("grpc-timeout", `${Math.ceil(timeoutMillis)}m`);
      }
      const call = {
        url: url.href,
        headers: callHeaders,
        body: frameMessage(request, compression === "gzip"),
        timeoutMillis,
      };
      const message = messageOf(
        await connection.post(call).catch((error) => {
          throw way.explain(error);
        }),
      );
      const said = readAcceptance(target.signal, message, "protobuf");
      if (said) return said;
      throw new TransportError("the server answered with a message that is not OTLP", {
        retryable: false,
        answered: true,
        grpcStatus: RPC_CODE.INTERNAL,
      });
    },
    shutdown() {
      connection.close();
      way.close();
    },
  };
}

/** How to reach a server, and how to explain its errors. */
interface Way {
  createClient(): Deno.HttpClient;
  explain(error: unknown): unknown;
  close(): void;
}

/**
 * The route to a server. An HTTP proxy would receive unencrypted requests as HTTP/2, which it doesn't support,
 * so these go through a tunnel, as encrypted ones do anyway.
 */
function wayTo(server: URL, options: Deno.CreateHttpClientOptions): Way {
  const { proxy } = findProxyRoute(server, readProxyVariables());
  if (server.protocol !== "http:" || !proxy?.url.protocol.startsWith("http")) {
    const createClient = () => createClientFor(server, options);
    return { createClient, explain: (error) => error, close() {} };
  }
  let tunnel: ProxyTunnel | undefined;
  return {
    createClient() {
      tunnel ??= openProxyTunnel(proxy.url, server);
      const { port } = tunnel;
      return createClient({
        ...options,
        proxy: { transport: "tcp", hostname: "127.0.0.1", port },
      });
    },
    explain(error) {
      if (!tunnel?.failure || !(error instanceof TransportError) || error.answered) return error;
      const reason = `${tunnel.failure}, through the proxy of ${proxy.variable}`;
      return new TransportError(reason, { retryable: error.retryable, cause: error });
    },
    close: () => tunnel?.[Symbol.dispose](),
  };
}

/**
 * The message of an accepted call. Compression is not requested, and a compressed message is not read.
 *
 * @throws {TransportError} If it was not accepted, or if that is unknown.
 */
function messageOf({ status: httpStatus, headers, body, cut }: HttpAnswer): Uint8Array {
  const grpcStatus = headers.get("grpc-status");
  if (grpcStatus !== null && Number(grpcStatus) !== RPC_CODE.OK) throw statusError(headers);
  const isGrpc = /^application\/grpc([+;]|$)/i.test(headers.get("content-type") ?? "");
  if (grpcStatus === null && (httpStatus !== 200 || !isGrpc)) {
    throw new TransportError(`the server answered HTTP ${httpStatus} and no gRPC status`, {
      retryable: RETRYABLE_HTTP_STATUS.has(httpStatus),
      answered: true,
      httpStatus,
    });
  }
  const isWhole = body.length >= PREFIX_BYTES &&
    body.length - PREFIX_BYTES >= new DataView(body.buffer, body.byteOffset).getUint32(1);
  if (isWhole) return body[0] === 0 ? body.subarray(PREFIX_BYTES) : new Uint8Array();
  if (grpcStatus !== null) return new Uint8Array();
  throw cut ?? new TransportError("the server answered with an unknown gRPC status", {
    retryable: true,
    answered: true,
    grpcStatus: RPC_CODE.UNKNOWN,
  });
}

/** The error for a status in the headers: such a response has nothing else. */
function statusError(headers: Headers): TransportError {
  // A status that is not a number is unknown.
  const status = Number(headers.get("grpc-status")) || RPC_CODE.UNKNOWN;
  const detail = headers.get("grpc-message");
  const retryAfterMillis = retryDelay(headers.get("grpc-status-details-bin"));
  return new TransportError(
    `the server answered gRPC status ${status}${detail ? `: ${decode(detail)}` : ""}`,
    {
      retryable: RETRYABLE_STATUS.has(status) ||
        (status === RPC_CODE.RESOURCE_EXHAUSTED && retryAfterMillis !== undefined),
      answered: true,
      grpcStatus: status,
      retryAfterMillis,
    },
  );
}

/** The message is percent-encoded, but servers sometimes get that wrong. */
function decode(message: string): string {
  try {
    return decodeURIComponent(message);
  } catch {
    return message;
  }
}
