import { assert, assertEquals, assertMatch } from "@std/assert";
import { openForwardRoute } from "../../../lib/cli/collector/forward.ts";
import {
  Forwarder,
  type ForwarderOptions,
  type ForwardError,
  type ForwardTransport,
} from "../../../lib/collector/forward/forwarder.ts";
import { ForwardQueue } from "../../../lib/collector/forward/forward_queue.ts";
import { forwardingStore } from "../../../lib/collector/forward/forwarding_store.ts";
import type { Store } from "../../../lib/collector/store/store.ts";
import { stopTime } from "../../helpers/fake_time.ts";
import { testIf, testWith } from "../../helpers/needs.ts";
import { withOtelcol } from "../../helpers/otelcol.ts";
import { within } from "../../helpers/patience.ts";
import { needsServers } from "../../helpers/servers.ts";
import { encodeSpan } from "../../helpers/otlp_proto.ts";
import { startGrpcReceiver, startHttpReceiver } from "../../helpers/receiver.ts";

/** Fast enough for a test that waits for retries. */
const BACKOFF = { firstMillis: 1, maxMillis: 5 };

Deno.test("Forwarder sends each signal's requests in the order of their arrival", async () => {
  const { forwarder, sent } = harness();
  for (const [signal, byte] of [["traces", 1], ["logs", 2], ["traces", 3]] as const) {
    forwarder.forward(signal, Uint8Array.of(byte));
  }
  await forwarder.shutdown(5000);
  assertEquals(sent.filter(({ signal }) => signal === "traces").map(({ body }) => body[0]), [1, 3]);
  assertEquals(sent.filter(({ signal }) => signal === "logs").length, 1);
  assertEquals(forwarder.stats, {
    url: "http://other",
    sentRequests: 3,
    failedRequests: 0,
    droppedRequests: 0,
    queuedBytes: 0,
  });
});

Deno.test("Forwarder tells of trouble once and of its end once, and loses nothing", async () => {
  let failures = 5;
  const { forwarder, messages } = harness({
    send: () => failures-- > 0 ? Promise.reject(new Error("connection refused")) : answer(),
  });
  for (let i = 0; i < 3; i++) forwarder.forward("traces", Uint8Array.of(i));
  await forwarder.forceFlush();
  await forwarder.shutdown(5000);
  assertEquals(forwarder.stats.sentRequests, 3);
  assertEquals(messages.length, 2);
  assertMatch(messages[0]!, /^Cannot forward traces to http:\/\/other: connection refused\./);
  assertEquals(messages[1], "Forwarding to http://other works again");
  assertEquals(forwarder.stats.lastError, "traces: connection refused");
});

Deno.test("Forwarder gives up a request that the endpoint will never take, and goes on", async () => {
  const { forwarder } = harness({
    send: (body) =>
      body[0] === 0
        ? Promise.reject(Object.assign(new Error("400 Bad Request"), { retryable: false }))
        : answer(),
  });
  for (let i = 0; i < 3; i++) forwarder.forward("metrics", Uint8Array.of(i));
  await forwarder.forceFlush();
  const { sentRequests, failedRequests } = forwarder.stats;
  assertEquals([sentRequests, failedRequests], [2, 1]);
  await forwarder.shutdown(5000);
});

Deno.test("Forwarder waits as long as the endpoint asks before it tries again", async () => {
  using time = stopTime();
  let tries = 0;
  const { forwarder } = harness({
    backoff: { firstMillis: 60_000, maxMillis: 60_000 },
    send() {
      const error: ForwardError = new Error("503 Service Unavailable");
      return ++tries === 1
        ? Promise.reject(Object.assign(error, { retryAfterMillis: 100 }))
        : answer();
    },
  });
  forwarder.forward("logs", new Uint8Array(1));
  await time.pass(99);
  assertEquals(tries, 1);
  await time.pass(1);
  assertEquals(tries, 2);
  await forwarder.shutdown(5000);
});

Deno.test("Forwarder keeps its queue bounded: the oldest go first and are counted", async () => {
  const gate = Promise.withResolvers<Uint8Array>();
  const { forwarder, sent } = harness({ maxQueuedBytes: 10_000, send: () => gate.promise });
  for (let i = 0; i < 100; i++) forwarder.forward("traces", new Uint8Array(1000).fill(i));
  const { queuedBytes, droppedRequests } = forwarder.stats;
  assert(queuedBytes <= 11_000, `${queuedBytes} bytes`);
  assert(droppedRequests > 80);
  gate.resolve(new Uint8Array());
  await forwarder.shutdown(5000);
  assertEquals(sent.at(-1)?.body[0], 99);
  assertEquals(forwarder.stats.sentRequests + droppedRequests, 100);
});

Deno.test("Forwarder.shutdown() ends in time where the endpoint is silent, and counts", async () => {
  const { forwarder } = harness({ send: () => new Promise(() => {}) });
  for (let i = 0; i < 3; i++) forwarder.forward("traces", new Uint8Array(1));
  await forwarder.shutdown(10);
  forwarder.forward("traces", new Uint8Array(1));
  const { sentRequests, failedRequests, droppedRequests } = forwarder.stats;
  assertEquals([sentRequests, failedRequests, droppedRequests], [0, 1, 3]);
});

Deno.test("Forwarder.shutdown() tries what waits for a retry once more, at once", async () => {
  let tries = 0;
  const failed = Promise.withResolvers<void>();
  const { forwarder } = harness({
    backoff: { firstMillis: 60_000, maxMillis: 60_000 },
    send() {
      if (tries++ > 0) return answer();
      failed.resolve();
      return Promise.reject(new Error("connection refused"));
    },
  });
  forwarder.forward("traces", new Uint8Array(1));
  await within(failed.promise, "the first try");
  await forwarder.shutdown(5000);
  assertEquals(forwarder.stats.sentRequests, 1);
});

Deno.test("ForwardQueue drops the oldest of all signals", () => {
  const queue = new ForwardQueue(3 * 300);
  assertEquals(queue.add("logs", new Uint8Array(30)), 0);
  assertEquals(queue.add("traces", new Uint8Array(30)), 0);
  assertEquals(queue.add("traces", new Uint8Array(30)), 0);
  assertEquals(queue.add("metrics", new Uint8Array(30)), 1);
  assertEquals(queue.take("logs"), undefined);
  assertEquals(queue.length, 3);
  assertEquals(queue.add("metrics", new Uint8Array(10_000)), 4);
  assertEquals([queue.length, queue.bytes], [0, 0]);
});

Deno.test("forwardingStore() passes on what the store took, and nothing that it refused", async () => {
  const { forwarder, sent } = harness();
  const inner = {
    pendingBytes: 7,
    add(_signal: string, request: Uint8Array<ArrayBuffer>) {
      if (request[0] === 0) return Promise.reject(new Error("malformed"));
      request.buffer.transfer();
      return Promise.resolve({ accepted: 1, rejected: 0, duplicated: 0, serviceNames: [] });
    },
  } as unknown as Store;
  const store = forwardingStore(inner, forwarder);
  assertEquals((await store.add("traces", Uint8Array.of(1, 2))).accepted, 1);
  await store.add("traces", Uint8Array.of(0)).catch(() => {});
  await forwarder.shutdown(5000);
  assertEquals(sent.map(({ body }) => [...body]), [[1, 2]]);
  assertEquals(store.pendingBytes, 7);
});

for (const [name, start] of [["http", startHttpReceiver], ["grpc", startGrpcReceiver]] as const) {
  testWith(["net", "env"], `openForwardRoute() leads to a receiver over ${name}`, async () => {
    await using receiver = start();
    const route = await openForwardRoute(receiver.url, environment(name));
    assertEquals(await route.probe(), undefined);
    const forwarder = new Forwarder({ ...route, report: () => {} });
    forwarder.forward("traces", encodeSpan("passed on"));
    const [span] = await receiver.waitForSpans(1);
    assertEquals(span?.name, "passed on");
    await forwarder.shutdown(5000);
    assertEquals(forwarder.stats.sentRequests, 1);
  });
}

testWith(["net", "env"], "openForwardRoute() says that nobody listens", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  const route = await openForwardRoute(`http://127.0.0.1:${port}`);
  assertEquals(await route.probe(), "connection refused");
  for (const transport of Object.values(route.transports)) transport.shutdown();
});

for (const protocol of ["http", "grpc"] as const) {
  testIf(
    needsServers("collector"),
    ["net", "env", "read", "write", "run"],
    `Forwarder reaches the real Collector over ${protocol}, and waits for it while it is down`,
    async () => {
      await withOtelcol(async (otelcol) => {
        const route = await openForwardRoute(otelcol.endpoints[protocol], environment(protocol));
        const messages: string[] = [];
        const forwarder = new Forwarder({
          ...route,
          backoff: { firstMillis: 20, maxMillis: 100 },
          report: (message) => messages.push(message),
        });
        forwarder.forward("traces", encodeSpan("before it was up"));
        await otelcol.start();
        forwarder.forward("traces", encodeSpan("after"));
        const lines = await otelcol.waitForLines(2);
        await forwarder.shutdown(5000);
        assertMatch(lines, /before it was up[^]*after/);
        assertEquals(forwarder.stats.sentRequests, 2);
        assertEquals(messages.length, 2, messages.join("\n"));
      });
    },
  );
}

function environment(protocol: "http" | "grpc"): Record<string, string> {
  return { OTEL_EXPORTER_OTLP_PROTOCOL: protocol === "grpc" ? "grpc" : "http/protobuf" };
}

interface Sent {
  signal: string;
  body: Uint8Array;
}

function harness(
  { send = answer, ...options }:
    & Partial<Omit<ForwarderOptions, "transports">>
    & { send?: ForwardTransport["send"] } = {},
) {
  const sent: Sent[] = [];
  const messages: string[] = [];
  const transport = (signal: string): ForwardTransport => ({
    async send(body, timeoutMillis) {
      const result = await send(body, timeoutMillis);
      sent.push({ signal, body });
      return result;
    },
    shutdown() {},
  });
  const forwarder = new Forwarder({
    url: "http://other",
    transports: {
      traces: transport("traces"),
      metrics: transport("metrics"),
      logs: transport("logs"),
    },
    report: (message) => messages.push(message),
    backoff: BACKOFF,
    ...options,
  });
  return { forwarder, sent, messages };
}

function answer(): Promise<Uint8Array> {
  return Promise.resolve(new Uint8Array());
}
