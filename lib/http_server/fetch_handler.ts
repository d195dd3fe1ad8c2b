import type { HttpHandler, HttpRequest, HttpResponse } from "../http/handler.ts";
import { nextTurn } from "../http/socket.ts";
import { hasBody, streamOf, urlOf } from "./incoming_request.ts";

/** Methods that a `Request` can't have: https://fetch.spec.whatwg.org/#methods */
const FORBIDDEN_METHODS = ["CONNECT", "TRACE", "TRACK"];

/** Answers requests with the types of the web platform. */
export type FetchHandler = (request: Request) => Response | Promise<Response>;

/** Converts a handler of `Request` objects into a server's handler. */
export function fetchHandler(handle: FetchHandler): HttpHandler {
  return async (incoming) => {
    const { method, signal } = incoming;
    const url = urlOf(incoming);
    if (!URL.canParse(url)) return refuse(400, "Cannot read the host of the request");
    if (FORBIDDEN_METHODS.includes(method.toUpperCase())) {
      return refuse(405, `Cannot ${method} anything here`);
    }
    return await fromResponse(await handle(toRequest(url, incoming)), signal);
  };
}

/** Converts a response; its stream is cancelled when the client disconnects. */
async function fromResponse(response: Response, signal: AbortSignal): Promise<HttpResponse> {
  const { status, headers, body } = response;
  const given = { status, headers: Object.fromEntries(headers) };
  if (!body) return given;
  const reader = body.getReader();
  const first = await reader.read();
  if (first.done) return given;
  // The available part was read at once, and only the end remains.
  const second = reader.read();
  const isWhole = await Promise.race([
    second.then(({ done }) => done, () => false),
    nextTurn().then(() => false),
  ]);
  if (isWhole) return { ...given, body: first.value };
  signal.addEventListener("abort", () => void reader.cancel().catch(() => {}), { once: true });
  return { ...given, body: parts(reader, first.value, second) };
}

async function* parts(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  first: Uint8Array,
  second: Promise<ReadableStreamReadResult<Uint8Array>>,
): AsyncGenerator<Uint8Array> {
  try {
    yield first;
    for (let next = await second; !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel();
  }
}

function toRequest(url: string, incoming: HttpRequest): Request {
  const { method, headers, signal, authority } = incoming;
  const isSent = hasBody(incoming) && method !== "GET" && method !== "HEAD";
  return new Request(url, {
    method,
    headers: [...headers, ...headers.has("host") ? [] : [["host", authority] as [string, string]]],
    signal,
    ...isSent && { body: streamOf(incoming) },
  });
}

function refuse(status: number, message: string): HttpResponse {
  return {
    status,
    headers: { "content-type": "text/plain" },
    body: new TextEncoder().encode(`${message}\n`),
  };
}
