import type { HttpRequest } from "../http/handler.ts";

/** The part of a `Request` that is cheap to create, and enough for a receiver. */
export interface IncomingRequest {
  readonly method: string;
  /** It can't be parsed if the client sends an invalid host. */
  readonly url: string;
  readonly headers: { get(name: string): string | null };
  /** Null if there is none. */
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>> | null;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** Presents a server's request as a web platform request, with another path if one is given. */
export function incomingRequest(request: HttpRequest, path = request.path): IncomingRequest {
  const { method, headers, authority } = request;
  let body: IncomingRequest["body"] | undefined;
  return {
    method,
    url: urlOf({ authority, path }),
    headers: {
      get: (name) => headers.get(name) ?? (name === "host" && authority !== "" ? authority : null),
    },
    get body() {
      return body ??= hasBody(request) ? streamOf(request) : null;
    },
    arrayBuffer: () => readWhole(request),
  };
}

/** The URL of a request. It can't be parsed if the client sends an invalid host. */
export function urlOf({ authority, path }: Pick<HttpRequest, "authority" | "path">): string {
  return `http://${authority}${path.startsWith("/") ? path : `/${path}`}`;
}

/** Whether a body is announced; HTTP/2 doesn't require that. */
export function hasBody({ headers, method }: Pick<HttpRequest, "headers" | "method">): boolean {
  const length = headers.get("content-length");
  if (length !== undefined) return Number(length) > 0;
  return headers.has("transfer-encoding") || !["GET", "HEAD"].includes(method);
}

/** The body as a stream, which is read only as fast as it is consumed. */
export function streamOf(
  { body }: Pick<HttpRequest, "body">,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let room = Promise.withResolvers<void>();
  let isStarted = false;
  let isCancelled = false;

  async function run(controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>) {
    try {
      await body.read((part) => {
        if (isCancelled) throw new DOMException("The body is not wanted", "AbortError");
        const { promise } = room = Promise.withResolvers();
        controller.enqueue(part.slice());
        return promise;
      });
      if (!isCancelled) controller.close();
    } catch (error) {
      if (!isCancelled) controller.error(error);
    }
  }

  return new ReadableStream({
    pull(controller) {
      if (!isStarted) void run(controller);
      isStarted = true;
      room.resolve();
    },
    cancel() {
      isCancelled = true;
      room.resolve();
    },
  }, { highWaterMark: 0 });
}

/** Reads a body of known length into one array. */
async function readWhole({ headers, body }: HttpRequest): Promise<ArrayBuffer> {
  let bytes = new Uint8Array(Number(headers.get("content-length") ?? 0));
  let length = 0;
  await body.read((part) => {
    if (length + part.length > bytes.length) {
      const larger = new Uint8Array(2 * (length + part.length));
      larger.set(bytes);
      bytes = larger;
    }
    bytes.set(part, length);
    length += part.length;
  });
  return length === bytes.length ? bytes.buffer : bytes.slice(0, length).buffer;
}
