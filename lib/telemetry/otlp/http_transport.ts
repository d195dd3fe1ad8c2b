import { Buffer } from "node:buffer";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { VERSION } from "../../version.ts";
import { reasonOf } from "./rpc_status.ts";
import { readTlsFiles } from "./tls_files.ts";
import { connectionFailure, NO_ANSWER, type OtlpTransport, TransportError } from "./transport.ts";
import type { OtlpTarget } from "./target.ts";

/** An answer larger than this is not read: it should be a few bytes. */
const MAX_RESPONSE_BYTES = 4 * 1024 * 1024;

/** https://opentelemetry.io/docs/specs/otlp/#retryable-response-codes */
const RETRYABLE_STATUS = new Set([429, 502, 503, 504]);

const compress = promisify(gzip);

// The exporter must not be traced: it keeps the fetch that was there before instrumentation.
const fetch = globalThis.fetch;

/**
 * OTLP over HTTP: one POST a batch.
 *
 * @throws {Error} If a certificate or key cannot be read.
 */
export function createHttpTransport(target: OtlpTarget): OtlpTransport {
  const { url, protocol, compression } = target;
  const tls = readTlsFiles(target);
  // To make a client takes milliseconds that the start of the app need not wait for.
  let client: Deno.HttpClient | undefined;
  const headers = new Headers({
    "user-agent": `otel-kit/${VERSION}`,
    ...target.headers,
    "content-type": protocol === "http/json" ? "application/json" : "application/x-protobuf",
  });
  if (compression === "gzip") headers.set("content-encoding", "gzip");

  return {
    async send(body, timeoutMillis) {
      const payload = compression === "gzip" ? new Uint8Array(await compress(body)) : body;
      const response = await post(payload, timeoutMillis);
      const answer = await readBounded(response);
      if (response.ok) return answer;
      const reason = reasonOf(answer, response.headers.get("content-type"));
      const status = `the server answered ${response.status} ${response.statusText}`.trimEnd();
      throw new TransportError(
        reason && reason !== response.statusText ? `${status}: ${reason}` : status,
        {
          retryable: RETRYABLE_STATUS.has(response.status),
          answered: true,
          httpStatus: response.status,
          retryAfterMillis: parseRetryAfter(response.headers.get("retry-after")),
        },
      );
    },
    shutdown: () => client?.close(),
  };

  async function post(payload: BodyInit, timeoutMillis: number): Promise<Response> {
    try {
      return await fetch(url, {
        method: "POST",
        headers,
        body: payload,
        client: client ??= Deno.createHttpClient(tls),
        redirect: "manual",
        signal: timeoutMillis === Infinity ? null : AbortSignal.timeout(timeoutMillis),
      });
    } catch (error) {
      throw new TransportError(postFailure(error), {
        retryable: true,
        answered: isOtherProtocol(error),
        cause: error,
      });
    }
  }
}

function postFailure(error: unknown): string {
  if (error instanceof DOMException && error.name === "TimeoutError") return NO_ANSWER;
  if (isOtherProtocol(error)) return "the server does not speak HTTP/1.1; it may be a gRPC port";
  return connectionFailure(error);
}

/** What a gRPC server says to HTTP/1.1 is no answer that one could parse. */
function isOtherProtocol(error: unknown): boolean {
  return error instanceof TypeError && /invalid HTTP version/.test(error.message);
}

async function readBounded(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.length;
      if (size > MAX_RESPONSE_BYTES) break;
      chunks.push(chunk);
    }
  } catch (error) {
    // Accepted is accepted, even if the rest of the answer is lost.
    if (!response.ok) {
      throw new TransportError(connectionFailure(error), { retryable: true, cause: error });
    }
  }
  return Buffer.concat(chunks);
}

/** Retry-After is seconds or a date. */
function parseRetryAfter(header: string | null): number | undefined {
  if (header === null) return undefined;
  const millis = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isNaN(millis) ? undefined : Math.max(millis, 0);
}
