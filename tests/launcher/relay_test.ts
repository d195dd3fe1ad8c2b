import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { ProtobufTraceSerializer } from "@opentelemetry/otlp-transformer";
import { startRelay } from "../../lib/launcher/relay.ts";
import { otlpTarget } from "../../lib/telemetry/otlp/target.ts";
import { testWith } from "../helpers/needs.ts";
import { encodeSpan } from "../helpers/otlp_proto.ts";

const NEEDS = ["net", "env", "read"] as const;

/** A server that accepts each request on demand. */
function startPatientServer() {
  const requests: string[] = [];
  const { promise: patience, resolve: release } = Promise.withResolvers<void>();
  const { promise: asked, resolve: onAsked } = Promise.withResolvers<void>();
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      await request.arrayBuffer();
      requests.push(request.url);
      onAsked();
      await patience;
      return new Response(null);
    },
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}/v1/traces`,
    asked,
    requests,
    release,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

async function startTracesRelay(url: string, reports: string[], maxWaitingBytes = 1) {
  const target = otlpTarget({ otlp_http: { endpoint: url } }, "traces");
  const nowhere = { targets: [], console: false };
  return await startRelay({
    routes: { traces: { targets: [target], console: false }, metrics: nowhere, logs: nowhere },
    report: (message) => reports.push(message),
    print: () => {},
    maxWaitingBytes,
  });
}

async function sendSpan(relayUrl: string) {
  const response = await fetch(`${relayUrl}/v1/traces`, {
    method: "POST",
    headers: { "content-type": "application/x-protobuf" },
    body: encodeSpan("span"),
  });
  const answer = new Uint8Array(await response.arrayBuffer());
  return { status: response.status, ...ProtobufTraceSerializer.deserializeResponse(answer) };
}

testWith(NEEDS, "the relay drops, counts, and reports what it has no room for", async () => {
  const reports: string[] = [];
  await using server = startPatientServer();
  const relay = await startTracesRelay(server.url, reports);
  assertEquals((await sendSpan(relay.url)).partialSuccess, undefined);
  await server.asked;
  const { status, partialSuccess } = await sendSpan(relay.url);
  assertEquals([status, Number(partialSuccess?.rejectedSpans)], [200, 1]);
  assertEquals(partialSuccess?.errorMessage, "too much waits to be sent");
  assertEquals(reports.length, 1);
  server.release();
  await relay.shutdown();
  assertEquals(relay.deliveries.map((delivery) => delivery.close()), [
    `Sent 1 of 2 spans to ${server.url}, dropped 1: the queue was full`,
  ]);
});

testWith(NEEDS, "a relay never has two requests in flight to a silent server", async () => {
  await using server = startPatientServer();
  const relay = await startTracesRelay(server.url, [], 1000);
  for (let i = 0; i < 5; i++) await sendSpan(relay.url);
  await server.asked;
  assertEquals(server.requests.length, 1);
  server.release();
  await relay.shutdown();
  assertEquals(server.requests.length, 5);
  assertEquals(relay.deliveries.map(({ created, sent }) => [created, sent]), [[5, 5]]);
});

testWith(NEEDS, "data in flight when a relay must end is lost, and reported", async () => {
  await using server = startPatientServer();
  const relay = await startTracesRelay(server.url, []);
  await sendSpan(relay.url);
  await server.asked;
  const lines = relay.deliveries.map((delivery) => delivery.close("the program was stopped"));
  assertEquals(lines, [`Sent 0 of 1 spans to ${server.url}, lost 1: the program was stopped`]);
  server.release();
  await relay.shutdown();
  assertEquals(relay.deliveries.map((delivery) => delivery.close()), lines);
});

testWith(NEEDS, "a relay rejects invalid requests, and prints valid ones", async () => {
  const printed: string[] = [];
  const routes = { targets: [], console: true };
  const relay = await startRelay({
    routes: { traces: routes, metrics: routes, logs: routes },
    report: () => {},
    print: (line) => printed.push(line),
  });
  const post = async (signal: string, body: Uint8Array<ArrayBuffer>) => {
    const headers = { "content-type": "application/x-protobuf" };
    const response = await fetch(`${relay.url}/v1/${signal}`, { method: "POST", headers, body });
    return [response.status, await response.text()] as const;
  };
  const [code, reason] = await post("traces", Uint8Array.of(0x0a, 5));
  assertEquals(code, 400);
  assertStringIncludes(reason, "length 5 reaches beyond the end");
  // The span ID is a number: the item counter doesn't notice that, but the printer does.
  const [status] = await post("traces", Uint8Array.of(10, 6, 18, 4, 18, 2, 16, 1));
  assertEquals([status, printed], [400, []]);
  assertEquals(await post("traces", encodeSpan("printed")), [200, ""]);
  assertEquals(printed.map((line) => JSON.parse(line).name), ["printed"]);
  assertEquals((await post("profiles", encodeSpan("none")))[0], 404);
  await relay.shutdown();
});

testWith(
  NEEDS,
  "a relay accepts telemetry from senders that know its secret, and from no page",
  async () => {
    const printed: string[] = [];
    const routes = { targets: [], console: true };
    const relay = await startRelay({
      routes: { traces: routes, metrics: routes, logs: routes },
      report: () => {},
      print: (line) => printed.push(line),
    });
    const { origin, port, pathname } = new URL(relay.url);
    const type = { "content-type": "application/x-protobuf" };
    const post = (path: string, headers: Record<string, string> = {}) =>
      statusOf(Number(port), `${path}/v1/traces`, {
        host: new URL(origin).host,
        ...type,
        ...headers,
      });

    assertMatch(pathname, /^\/[\w-]{32}$/);
    for (const path of ["", "/", `/${"A".repeat(32)}`, pathname.slice(0, -1), `${pathname}x`]) {
      assertEquals(await post(path), 404, path);
    }
    assertEquals(await post(pathname, { origin: "http://evil.example" }), 403);
    assertEquals(await post(pathname, { "sec-fetch-site": "cross-site" }), 403);
    assertEquals(await post(pathname, { host: `evil.example:${port}` }), 403);
    assertEquals(await post(pathname, { host: "a:99999" }), 400);
    assertEquals(await post(pathname, { "content-type": "text/plain" }), 415);
    assertEquals(await post(pathname, { "content-length": String(2 ** 30) }), 413);
    assertEquals(printed, []);
    assertEquals(await post(pathname), 200);
    await relay.shutdown();
  },
);

/** Sends a request with headers that `fetch` forbids, and returns the status. */
async function statusOf(
  port: number,
  path: string,
  headers: Record<string, string>,
): Promise<number> {
  const body = encodeSpan("evil");
  const lines = Object.entries({ "content-length": String(body.length), ...headers })
    .map(([name, value]) => `${name}: ${value}\r\n`);
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const writer = connection.writable.getWriter();
  await writer.write(new TextEncoder().encode(`POST ${path} HTTP/1.1\r\n${lines.join("")}\r\n`));
  await writer.write(body);
  const answer = new Uint8Array(1024);
  const length = await connection.read(answer) ?? 0;
  return Number(new TextDecoder().decode(answer.subarray(0, length)).split(" ")[1]);
}
