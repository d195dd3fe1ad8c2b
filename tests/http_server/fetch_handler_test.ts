import { assertEquals } from "@std/assert";
import { fetchHandler } from "../../lib/http_server/fetch_handler.ts";
import { incomingRequest, streamOf } from "../../lib/http_server/incoming_request.ts";
import { serveHttp } from "../../lib/http_server/serve_http.ts";
import type { HttpHandler } from "../../lib/http/handler.ts";
import type { TakePart } from "../../lib/http/request_body.ts";
import { testWith } from "../helpers/needs.ts";
import { within } from "../helpers/patience.ts";

const encoder = new TextEncoder();

/** Runs a server on a free port, and requests it over HTTP/1.1 and HTTP/2. */
async function withServer(
  handler: HttpHandler,
  use: (url: string, client: Deno.HttpClient) => Promise<void>,
): Promise<void> {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const faults: unknown[] = [];
  const server = serveHttp(listener, { handler, onFault: (error) => void faults.push(error) });
  for (const options of [{ http1: true, http2: false }, { http1: false, http2: true }]) {
    using client = Deno.createHttpClient(options);
    await use(`http://127.0.0.1:${listener.addr.port}`, client);
  }
  await server.shutdown();
  assertEquals(faults, []);
}

testWith(
  ["net"],
  "a handler gets a web-standard request and returns a web-standard response",
  async () => {
    const handler = fetchHandler(async (request) => {
      const { pathname, search } = new URL(request.url);
      return new Response(
        JSON.stringify([request.method, pathname, search, await request.text()]),
        { status: 201, headers: { "x-two": request.headers.get("x-one") ?? "" } },
      );
    });
    await withServer(handler, async (url, client) => {
      const headers = { "x-one": "a, b" };
      const response = await fetch(`${url}/a%20b?c`, {
        client,
        method: "PUT",
        body: "hi",
        headers,
      });
      assertEquals(response.status, 201);
      assertEquals(response.headers.get("x-two"), "a, b");
      assertEquals(await response.json(), ["PUT", "/a%20b", "?c", "hi"]);
      const head = await fetch(url, { client, method: "HEAD" });
      assertEquals([head.status, await head.text()], [201, ""]);
    });
  },
);

testWith(["net"], "a stream is canceled when its client disconnects", async () => {
  let cancelled = Promise.withResolvers<void>();
  const handler = fetchHandler(() => {
    cancelled = Promise.withResolvers();
    let controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>;
    const stream = new ReadableStream({
      start: (given) => void (controller = given),
      cancel: () => cancelled.resolve(),
    });
    controller!.enqueue(encoder.encode("first"));
    return new Response(stream);
  });
  await withServer(handler, async (url, client) => {
    const leaving = new AbortController();
    const response = await fetch(url, { client, signal: leaving.signal });
    const { value } = await response.body!.getReader().read();
    assertEquals(new TextDecoder().decode(value), "first");
    leaving.abort();
    await within(cancelled.promise, "the end of the stream");
  });
});

Deno.test("an invalid host or method is rejected", async () => {
  const handle = fetchHandler(() => new Response());
  const ask = async (method: string, authority: string) =>
    (await handle({
      isHttp2: false,
      method,
      path: "/",
      authority,
      headers: new Map(),
      body: { read: () => Promise.resolve() },
      peer: { transport: "tcp", hostname: "127.0.0.1", port: 1 },
      signal: new AbortController().signal,
    })).status;
  assertEquals(await ask("GET", "a:99999"), 400);
  assertEquals(await ask("TRACE", "a"), 405);
  assertEquals(await ask("GET", "a"), 200);
});

Deno.test("a body is read no faster than its stream, and no further than needed", async () => {
  const takes: string[] = [];
  const read = async (take: TakePart) => {
    for (let i = 0; i < 5; i++) {
      takes.push(`begin ${i}`);
      await take(encoder.encode(String(i)));
      takes.push(`end ${i}`);
    }
  };
  const reader = streamOf({ body: { read } }).getReader();
  assertEquals(takes, []);
  assertEquals((await reader.read()).value, encoder.encode("0"));
  assertEquals(takes, ["begin 0"]);
  assertEquals((await reader.read()).value, encoder.encode("1"));
  assertEquals(takes, ["begin 0", "end 0", "begin 1"]);
  await reader.cancel();
  await new Promise((resolve) => setTimeout(resolve));
  assertEquals(takes.slice(3), ["end 1", "begin 2"]);
});

testWith(["net"], "a whole body is read whether its length is known or not", async () => {
  const handler: HttpHandler = async (request) => {
    const incoming = incomingRequest(request);
    return { status: 200, body: new Uint8Array(await incoming.arrayBuffer()) };
  };
  await withServer(handler, async (url, client) => {
    const whole = await fetch(url, { client, method: "POST", body: "a".repeat(100_000) });
    assertEquals((await whole.text()).length, 100_000);
    const stream = new Blob(["b".repeat(100_000)]).stream();
    const parts = await fetch(url, { client, method: "POST", body: stream });
    assertEquals((await parts.text()).length, 100_000);
  });
});
