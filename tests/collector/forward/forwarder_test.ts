import { assert, assertEquals, assertMatch } from "@std/assert";
import type { PartialSuccess } from "../../../lib/otlp/export_response.ts";
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
import { encodeExportResponse } from "../../../lib/otlp/export_response.ts";
import { stopTime } from "../../helpers/fake_time.ts";
import { testIf, testWith } from "../../helpers/needs.ts";
import { withOtelcol } from "../../helpers/otelcol.ts";
import { within } from "../../helpers/patience.ts";
import { needsServers } from "../../helpers/servers.ts";
import { encodeSpan } from "../../helpers/otlp_proto.ts";
import { startGrpcReceiver, startHttpReceiver } from "../../helpers/receiver.ts";

const TAKEN: PartialSuccess = { rejected: 0, message: "" };

/** Short enough for a test that waits for retries. */
const BACKOFF = { firstMillis: 1, maxMillis: 5 };

Deno.test("Forwarder sends each signal's requests in the order of their arrival", async () => {
  const { forwarder, sent } = harness();
  for (const [signal, byte] of [["traces", 1], ["logs", 2], ["traces", 3]] as const) {
    forwarder.forward(signal, Uint8Array.of(byte), 1);
  }
  await forwarder.shutdown(5000);
  assertEquals(sent.filter(({ signal }) => signal === "traces").map(({ body }) => body[0]), [1, 3]);
  assertEquals(sent.filter(({ signal }) => signal === "logs").length, 1);
  assertEquals(forwarder.stats, {
    url: "http://other",
    sentRequests: 3,
    failedRequests: 0,
    droppedRequests: 0,
    rejectedItems: { traces: 0, metrics: 0, logs: 0 },
    queuedBytes: 0,
  });
});

Deno.test("Forwarder reports trouble once and recovery once, and loses nothing", async () => {
  let failures = 5;
  const { forwarder, messages } = harness({
    send: () => failures-- > 0 ? Promise.reject(new Error("connection refused")) : answer(),
  });
  for (let i = 0; i < 3; i++) forwarder.forward("traces", Uint8Array.of(i), 1);
  await forwarder.forceFlush();
  await forwarder.shutdown(5000);
  assertEquals(forwarder.stats.sentRequests, 3);
  assertEquals(messages.length, 2);
  assertMatch(messages[0]!, /^Cannot forward traces to http:\/\/other: connection refused\./);
  assertEquals(messages[1], "Forwarding to http://other works again");
  assertEquals(forwarder.stats.lastError, "traces: connection refused");
});

Deno.test("Forwarder drops a request that the endpoint will never accept, and continues", async () => {
  const { forwarder } = harness({
    send: (body) =>
      body[0] === 0
        ? Promise.reject(Object.assign(new Error("400 Bad Request"), { retryable: false }))
        : answer(),
  });
  for (let i = 0; i < 3; i++) forwarder.forward("metrics", Uint8Array.of(i), 1);
  await forwarder.forceFlush();
  const { sentRequests, failedRequests } = forwarder.stats;
  assertEquals([sentRequests, failedRequests], [2, 1]);
  await forwarder.shutdown(5000);
});

Deno.test("Forwarder waits as long as the endpoint asks before it retries", async () => {
  using time = stopTime();
  let tries = 0;
  const { forwarder } = harness({
    backoff: { firstMillis: 1000, maxMillis: 30_000 },
    send: () => ++tries < 3 ? Promise.reject(busyFor(tries === 1 ? 5000 : 500)) : answer(),
  });
  forwarder.forward("logs", new Uint8Array(1), 1);
  await time.pass(4999);
  assertEquals(tries, 1);
  await time.pass(1);
  assertEquals(tries, 2);
  // This delay is shorter than the backoff after two tries, which is about a second and a half.
  await time.pass(1199);
  assertEquals(tries, 2);
  await time.pass(601);
  assertEquals(tries, 3);
  await forwarder.shutdown(5000);
});

for (const retryAfterMillis of [0, -5000]) {
  Deno.test(`Forwarder backs off if the endpoint asks to wait ${retryAfterMillis} ms`, async () => {
    using time = stopTime();
    let tries = 0;
    const { forwarder } = harness({
      backoff: { firstMillis: 1000, maxMillis: 30_000 },
      send: () => ++tries < 4 ? Promise.reject(busyFor(retryAfterMillis)) : answer(),
    });
    forwarder.forward("logs", new Uint8Array(1), 1);
    await time.pass(799);
    assertEquals(tries, 1);
    await time.pass(1200);
    assertEquals(tries, 2);
    await time.pass(4000);
    assertEquals([tries, forwarder.stats.sentRequests], [4, 1]);
    await forwarder.shutdown(5000);
  });
}

Deno.test("Forwarder honors a long delay, and drops only what does not fit in the queue", async () => {
  using time = stopTime();
  let tries = 0;
  const { forwarder, sent, messages } = harness({
    maxQueuedBytes: 10_000,
    send: () => ++tries === 1 ? Promise.reject(busyFor(3600_000)) : answer(),
  });
  for (let i = 0; i < 5; i++) forwarder.forward("traces", Uint8Array.of(i), 1);
  await time.pass(3599_999);
  assertEquals([tries, forwarder.stats.failedRequests], [1, 0]);
  await time.pass(1);
  assertEquals(sent.map(({ body }) => body[0]), [0, 1, 2, 3, 4]);
  assertMatch(messages[0]!, /: busy, and asks to wait 3600 s\. The collector keeps receiving/);
  assertEquals(messages.length, 2);
  await forwarder.shutdown(5000);
});

Deno.test("Forwarder drops what an endpoint never accepts, and honors each delay", async () => {
  using time = stopTime();
  const tried: number[] = [];
  const { forwarder } = harness({
    maxElapsedMillis: 60_000,
    send(body) {
      tried.push(body[0]!);
      return Promise.reject(busyFor(3600_000));
    },
  });
  for (let i = 0; i < 2; i++) forwarder.forward("traces", Uint8Array.of(i), 1);
  for (let hour = 1; hour <= 4; hour++) {
    await time.pass(3600_000 - 1);
    assertEquals(tried.length, hour);
    await time.pass(1);
  }
  assertEquals(tried, [0, 0, 1, 1]);
  assertEquals(forwarder.stats.failedRequests, 2);
  await forwarder.shutdown(5000);
});

Deno.test("Forwarder reports once that it drops requests, and at the end how many", async () => {
  using time = stopTime();
  let isBusy = true;
  const { forwarder, messages } = harness({
    maxQueuedBytes: 2 ** 20,
    send: () => isBusy ? Promise.reject(busyFor(60_000)) : answer(),
  });
  for (let i = 0; i < 12; i++) forwarder.forward("traces", new Uint8Array(2 ** 17), 1);
  await time.pass(1);
  isBusy = false;
  await time.pass(60_000);
  const { sentRequests, droppedRequests } = forwarder.stats;
  assertEquals([sentRequests, droppedRequests], [8, 4]);
  assertEquals(messages.length, 3, messages.join("\n"));
  assertMatch(
    messages.join("\n"),
    /Dropping the oldest queued requests .* their queue has 1 MiB, which is/,
  );
  assertMatch(messages[2]!, /works again; 4 requests were dropped meanwhile$/);
  await forwarder.shutdown(5000);
});

Deno.test("Forwarder counts what the endpoint rejects, and reports it once per signal", async () => {
  const { forwarder, messages } = harness({
    send: () => Promise.resolve({ rejected: 2, message: "too old" }),
  });
  forwarder.forward("traces", new Uint8Array(1), 5);
  forwarder.forward("traces", new Uint8Array(1), 1);
  forwarder.forward("logs", new Uint8Array(1), 3);
  await forwarder.forceFlush();
  const { sentRequests, rejectedItems, lastError } = forwarder.stats;
  assertEquals(sentRequests, 3);
  assertEquals(rejectedItems, { traces: 3, metrics: 0, logs: 2 });
  assertMatch(lastError!, /rejected: too old$/);
  assertEquals(messages.length, 2);
  assertEquals(
    messages[0],
    "Some spans are not forwarded: http://other rejected 2 of 5: too old. " +
      "They are not sent again, but the collector keeps them",
  );
  await forwarder.shutdown(5000);
});

Deno.test("Forwarder limits its queue: the oldest requests are dropped first and counted", async () => {
  const gate = Promise.withResolvers<PartialSuccess>();
  const { forwarder, sent } = harness({ maxQueuedBytes: 10_000, send: () => gate.promise });
  for (let i = 0; i < 100; i++) forwarder.forward("traces", new Uint8Array(1000).fill(i), 1);
  const { queuedBytes, droppedRequests } = forwarder.stats;
  assert(queuedBytes <= 11_000, `${queuedBytes} bytes`);
  assert(droppedRequests > 80);
  gate.resolve(TAKEN);
  await forwarder.shutdown(5000);
  assertEquals(sent.at(-1)?.body[0], 99);
  assertEquals(forwarder.stats.sentRequests + droppedRequests, 100);
});

Deno.test("Forwarder.shutdown() ends in time if the endpoint is silent, and counts", async () => {
  const { forwarder } = harness({ send: () => new Promise(() => {}) });
  for (let i = 0; i < 3; i++) forwarder.forward("traces", new Uint8Array(1), 1);
  await forwarder.shutdown(10);
  forwarder.forward("traces", new Uint8Array(1), 1);
  const { sentRequests, failedRequests, droppedRequests } = forwarder.stats;
  assertEquals([sentRequests, failedRequests, droppedRequests], [0, 1, 3]);
});

Deno.test("Forwarder.shutdown() immediately makes one last attempt for pending retries", async () => {
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
  forwarder.forward("traces", new Uint8Array(1), 1);
  await within(failed.promise, "the first try");
  await forwarder.shutdown(5000);
  assertEquals(forwarder.stats.sentRequests, 1);
});

Deno.test("ForwardQueue drops the oldest of all signals", () => {
  const queue = new ForwardQueue(3 * 300);
  assertEquals(queue.add("logs", new Uint8Array(30), 1), 0);
  assertEquals(queue.add("traces", new Uint8Array(30), 1), 0);
  assertEquals(queue.add("traces", new Uint8Array(30), 1), 0);
  assertEquals(queue.add("metrics", new Uint8Array(30), 1), 1);
  assertEquals(queue.take("logs"), undefined);
  assertEquals(queue.length, 3);
  assertEquals(queue.add("metrics", new Uint8Array(10_000), 1), 4);
  assertEquals([queue.length, queue.bytes], [0, 0]);
});

Deno.test("forwardingStore() forwards what the store accepted, and nothing that it rejected", async () => {
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
    forwarder.forward("traces", encodeSpan("passed on"), 1);
    const [span] = await receiver.waitForSpans(1);
    assertEquals(span?.name, "passed on");
    await forwarder.shutdown(5000);
    assertEquals(forwarder.stats.sentRequests, 1);
  });

  testWith(["net", "env"], `Forwarder reads rejections over ${name}`, async () => {
    const body = encodeExportResponse("traces", { rejected: 1, message: "too old" }, "protobuf");
    await using receiver = start({ answer: () => ({ body }) });
    const route = await openForwardRoute(receiver.url, environment(name));
    const messages: string[] = [];
    const forwarder = new Forwarder({ ...route, report: (message) => messages.push(message) });
    forwarder.forward("traces", encodeSpan("passed on"), 1);
    await forwarder.shutdown(5000);
    assertEquals(forwarder.stats.rejectedItems.traces, 1);
    assertMatch(messages.join(), /rejected 1 of 1: too old/);
  });
}

testWith(["net", "env"], "openForwardRoute() reports that nothing listens", async () => {
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
        forwarder.forward("traces", encodeSpan("before it was up"), 1);
        await otelcol.start();
        forwarder.forward("traces", encodeSpan("after"), 1);
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

/** An endpoint that asks the client to wait. */
function busyFor(retryAfterMillis: number): ForwardError {
  return Object.assign(new Error("busy"), { retryAfterMillis });
}

function answer(): Promise<PartialSuccess> {
  return Promise.resolve(TAKEN);
}

Deno.test("Forwarder counts the requests that wait, and says what its user wants", async () => {
  using time = stopTime();
  let isBusy = true;
  const { forwarder, messages } = harness({
    advice: "wait",
    isOnlyCopy: true,
    send: () => isBusy ? Promise.reject(busyFor(1000)) : answer(),
  });
  for (let i = 0; i < 3; i++) forwarder.forward("traces", new Uint8Array(1), 1);
  await time.pass(1);
  assertEquals(forwarder.queuedRequests, 3);
  assertMatch(messages[0]!, /may be sent again; wait$/);
  isBusy = false;
  await time.pass(1000);
  assertEquals(forwarder.queuedRequests, 0);
  await forwarder.shutdown(5000);
});
