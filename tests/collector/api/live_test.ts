import { assert, assertEquals } from "@std/assert";
import type { ExportRecord } from "../../../lib/collector/model.ts";
import { stopTime } from "../../helpers/fake_time.ts";
import { testWith } from "../../helpers/needs.ts";
import { createTestApi } from "../../helpers/query_api.ts";
import { EventReader } from "../../helpers/event_reader.ts";
import { gauge, logsRequest, metricsRequest, span, tracesRequest } from "../store/requests.ts";

/** More traces at once than one event lists. */
const MANY = 201;

Deno.test("GET /api/kit/events reports changes in the store", async () => {
  using test = createTestApi();
  const response = await test.ask("/api/kit/events");
  assertEquals(response.headers.get("content-type"), "text/event-stream");
  assertEquals(response.headers.get("cache-control"), "no-store");
  await using reader = new EventReader(response.body);
  await test.store.add("traces", tracesRequest([span("1", "1")]));
  await test.store.add("logs", logsRequest([{}, {}, {}]));
  await test.store.add("metrics", metricsRequest([gauge("requests")]));
  test.store.tell();
  const { traces } = (await test.read("/api/kit/traces")).body;
  const { logs: [lastLog] } = (await test.read("/api/kit/logs")).body;
  assertEquals((await reader.next())?.data, traces);
  assertEquals((await reader.next())?.data, { count: 3, lastSequence: lastLog.sequence });
  assertEquals((await reader.next())?.data, ["requests"]);
  const { data } = await reader.find("stats");
  assertEquals(data.store.signals.logs.kept, 3);
});

Deno.test("GET /api/kit/events batches export records for a tenth of a second", async () => {
  using time = stopTime();
  using test = createTestApi();
  await using reader = new EventReader((await test.ask("/api/kit/events")).body);
  let isTold = false;
  const told = reader.find("exports").finally(() => isTold = true);
  for (let i = 0; i < 300; i++) test.exports.add(exportRecord());
  await time.pass(99);
  assert(!isTold);
  await time.pass(1);
  const { data } = await told;
  assertEquals(data.length, 200);
  assertEquals(data.at(-1).id, 300);
  test.exports.add(exportRecord());
  await time.pass(100);
  assertEquals((await reader.find("exports")).data.map(({ id }: ExportRecord) => id), [301]);
});

Deno.test("GET /api/kit/events lists refused requests among many accepted ones, and counts them", async () => {
  using time = stopTime();
  using test = createTestApi();
  await using reader = new EventReader((await test.ask("/api/kit/events")).body);
  test.exports.add({ ...exportRecord(), status: 400 });
  for (let i = 0; i < 300; i++) test.exports.add(exportRecord());
  await time.pass(100);
  const { data } = await reader.find("exports");
  assertEquals([data.length, data[0].id, data[0].outcome], [201, 1, "refused"]);
  assertEquals((await reader.find("stats")).data.exports.refused, 1);
});

Deno.test("GET /api/kit/events tells clients to reload after more changes than it lists", async () => {
  using time = stopTime();
  using test = createTestApi();
  await using reader = new EventReader((await test.ask("/api/kit/events")).body);
  for (const spanId of ["1", "2"]) {
    const spans = Array.from({ length: MANY }, (_, i) => span(String(i + 1), spanId));
    await test.store.add("traces", tracesRequest(spans));
    test.store.tell();
  }
  await time.pass(1000);
  await reader.find("resync");
  await test.store.add("metrics", metricsRequest([gauge("last")]));
  test.store.tell();
  assertEquals((await reader.next())?.event, "metrics");
});

Deno.test("GET /api/kit/events answers 503 to the 33rd client", async () => {
  using test = createTestApi();
  for (let i = 0; i < 32; i++) assertEquals((await test.ask("/api/kit/events")).status, 200);
  const { status, headers, body } = await test.ask("/api/kit/events");
  assertEquals([status, headers.get("retry-after")], [503, "5"]);
  await body?.cancel();
});

testWith(["net"], "a client that disconnects leaves nothing behind", async () => {
  using test = createTestApi();
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    test.api.fetch,
  );
  const url = `http://127.0.0.1:${server.addr.port}/api/kit/events`;
  const reader = new EventReader((await fetch(url)).body);
  await test.store.add("traces", tracesRequest([span("1", "1")]));
  test.store.tell();
  assertEquals((await reader.find("traces")).data.length, 1);
  assertEquals([test.api.clientCount, test.store.listeners.size], [1, 1]);
  await reader[Symbol.asyncDispose]();
  // Shutdown waits for the open streams.
  await server.shutdown();
  assertEquals(test.api.clientCount, 0);
  test.api[Symbol.dispose]();
  assertEquals(test.store.listeners.size, 0);
});

function exportRecord(): Omit<ExportRecord, "id" | "outcome"> {
  return {
    receivedAt: 1,
    peer: "127.0.0.1:5000",
    userAgent: "test",
    signal: "traces",
    protocol: "http/protobuf",
    compression: "none",
    wireBytes: 1,
    bodyBytes: 1,
    accepted: 1,
    rejected: 0,
    duplicated: 0,
    serviceNames: ["shop"],
    status: 200,
    durationMillis: 1,
    hints: [],
  };
}
