import { Buffer } from "node:buffer";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import {
  connectionFailure,
  isBlockedPort,
  isOtherProtocol,
  NO_ANSWER,
} from "../../connection_failure.ts";
import { MAX_TIMER_MS } from "../../time.ts";
import { VERSION } from "../../version.ts";
import { TransportError } from "./transport.ts";

/** Larger responses are not read: they should have only a few bytes. */
const MAX_RESPONSE_BYTES = 4 * 1024 * 1024;

// The exporter must not be traced, so it keeps the `fetch` from before instrumentation.
const fetch = globalThis.fetch;

const compress = promisify(gzip);

/** Compresses a body. */
export async function gzipped(body: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await compress(body));
}

/** The headers of a request: the given ones replace the defaults, except the required ones. */
export function mergeHeaders(
  given: Record<string, string>,
  fixed: Record<string, string>,
): Headers {
  const headers = new Headers({ "user-agent": `otel-kit/${VERSION}` });
  for (const [name, value] of Object.entries(given)) headers.set(name, value);
  for (const [name, value] of Object.entries(fixed)) headers.set(name, value);
  return headers;
}

/** A request. */
export interface HttpRequest {
  url: string;
  headers: Headers;
  body: Uint8Array<ArrayBuffer>;
  /** For the request and its response; Infinity is no limit. */
  timeoutMillis: number;
}

/** A server's response. */
export interface HttpAnswer extends Pick<Response, "status" | "statusText" | "headers"> {
  body: Uint8Array;
  /** Why the body is incomplete. */
  cut: TransportError | undefined;
}

/** Sends POST requests over persistent connections, which are reopened if they are lost. */
export class HttpConnection {
  readonly #createClient: () => Deno.HttpClient;
  // Creating a client takes milliseconds, which must not delay the start of the app.
  #client: Deno.HttpClient | undefined;
  readonly #inFlight = new Set<AbortController>();
  #isClosed = false;

  constructor(createClient: () => Deno.HttpClient) {
    this.#createClient = createClient;
  }

  /** @throws {TransportError} If there is no response. */
  async post({ timeoutMillis, url, ...request }: HttpRequest): Promise<HttpAnswer> {
    if (this.#isClosed) throw timeIsOver({ retryable: false });
    const attempt = new AbortController();
    this.#inFlight.add(attempt);
    const timer = setTimeout(() => {
      attempt.abort(timeIsOver({ retryable: true }));
      // If a server disappeared silently, the connection to it would otherwise be used for minutes.
      this.#forgetClient();
    }, Math.min(timeoutMillis, MAX_TIMER_MS));
    try {
      const response = await fetch(url, {
        ...request,
        method: "POST",
        client: this.#client ??= this.#createClient(),
        redirect: "manual",
        signal: attempt.signal,
      });
      const { status, statusText, headers } = response;
      return { status, statusText, headers, ...await readBody(response) };
    } catch (error) {
      throw failureOf(error);
    } finally {
      clearTimeout(timer);
      this.#inFlight.delete(attempt);
    }
  }

  /** Cancels requests in flight and closes the connections. */
  close(): void {
    this.#isClosed = true;
    for (const attempt of this.#inFlight) attempt.abort(timeIsOver({ retryable: false }));
    this.#forgetClient();
  }

  /** Its connections close after the last request on them. */
  #forgetClient(): void {
    this.#client?.close();
    this.#client = undefined;
  }
}

function timeIsOver({ retryable }: { retryable: boolean }): TransportError {
  return new TransportError(NO_ANSWER, { retryable });
}

function failureOf(error: unknown): TransportError {
  if (error instanceof TransportError) return error;
  return new TransportError(connectionFailure(error), {
    retryable: !isBlockedPort(error),
    answered: isOtherProtocol(error),
    cause: error,
  });
}

async function readBody({ body }: Response): Promise<Pick<HttpAnswer, "body" | "cut">> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  let cut: TransportError | undefined;
  try {
    for await (const chunk of body ?? []) {
      size += chunk.length;
      if (size > MAX_RESPONSE_BYTES) {
        cut = new TransportError("the answer is too large", { retryable: false, answered: true });
        break;
      }
      chunks.push(chunk);
    }
  } catch (error) {
    cut = failureOf(error);
  }
  return { body: Buffer.concat(chunks), cut };
}
