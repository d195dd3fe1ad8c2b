import { assertEquals } from "@std/assert";
import { ProtobufTraceSerializer } from "@opentelemetry/otlp-transformer";
import { startRelay } from "../../lib/launcher/relay.ts";
import { otlpTarget } from "../../lib/telemetry/otlp/target.ts";
import { testWith } from "../helpers/needs.ts";
import { encodeSpan } from "../helpers/otlp_proto.ts";

const NEEDS = ["net", "env", "read"] as const;

/** A server that takes each request when it is told to. */
function startPatientServer() {
  const { promise: patience, resolve: release } = Promise.withResolvers<void>();
  const { promise: asked, resolve: onAsked } = Promise.withResolvers<void>();
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      await request.arrayBuffer();
      onAsked();
      await patience;
      return new Response(null);
    },
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}/v1/traces`,
    asked,
    release,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

async function startTracesRelay(url: string, reports: string[]) {
  const target = otlpTarget({ otlp_http: { endpoint: url } }, "traces");
  const nowhere = { targets: [], console: false };
  return await startRelay({
    routes: { traces: { targets: [target], console: false }, metrics: nowhere, logs: nowhere },
    report: (message) => reports.push(message),
    print: () => {},
    maxWaitingBytes: 1,
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

testWith(NEEDS, "the relay drops and counts what it has no room for, and says so", async () => {
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

testWith(NEEDS, "what a relay still sends when it must end is lost, and told", async () => {
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

testWith(NEEDS, "a relay refuses what is no request, and prints what is one", async () => {
  const printed: string[] = [];
  const routes = { targets: [], console: true };
  const relay = await startRelay({
    routes: { traces: routes, metrics: routes, logs: routes },
    report: () => {},
    print: (line) => printed.push(line),
  });
  const post = async (signal: string, body: Uint8Array<ArrayBuffer>) => {
    const response = await fetch(`${relay.url}/v1/${signal}`, { method: "POST", body });
    return [response.status, await response.text()];
  };
  assertEquals(await post("traces", Uint8Array.of(0x0a, 5)), [
    400,
    "no OTLP request: length 5 reaches beyond the end",
  ]);
  // The span's id is a number: what counts items does not see that, and what prints them does.
  const [status] = await post("traces", Uint8Array.of(10, 6, 18, 4, 18, 2, 16, 1));
  assertEquals([status, printed], [400, []]);
  assertEquals(await post("traces", encodeSpan("printed")), [200, ""]);
  assertEquals(printed.map((line) => JSON.parse(line).name), ["printed"]);
  assertEquals(await post("profiles", encodeSpan("none")), [404, ""]);
  await relay.shutdown();
});
