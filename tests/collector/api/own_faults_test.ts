import { assertEquals, assertStringIncludes } from "@std/assert";
import { MalformedError } from "../../../lib/otlp/malformed_error.ts";
import type { QueryApiOptions } from "../../../lib/collector/api/query_api.ts";
import { StoreUnavailableError } from "../../../lib/collector/store/store.ts";
import { createTestApi } from "../../helpers/query_api.ts";

function createRoom(options: Partial<QueryApiOptions> = {}) {
  const faults: string[] = [];
  const test = createTestApi({
    ...options,
    reportFault: (doing, error) => faults.push(`${doing}: ${error}`),
  });
  return { faults, ...test, [Symbol.dispose]: () => test[Symbol.dispose]() };
}

/** The body of a client that disconnects. */
function breakingOff(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull: (controller) => controller.error(new TypeError("connection closed")),
  });
}

Deno.test("a fault in the collector is answered with 500, and reported", async () => {
  using test = createRoom();
  test.store.stats = () => {
    throw new TypeError("rows is undefined");
  };
  for (const path of ["/api/kit/stats", "/metrics"]) {
    const response = await test.ask(path);
    assertEquals(response.status, 500);
    assertStringIncludes(await response.text(), "Cannot answer: rows is undefined");
  }
  assertEquals(test.faults, [
    "answer GET /api/kit/stats: TypeError: rows is undefined",
    "answer GET /metrics: TypeError: rows is undefined",
  ]);
});

Deno.test("a restarting store is answered with 503, and is not a fault", async () => {
  using test = createRoom();
  test.store.stats = () => Promise.reject(new StoreUnavailableError("the store starts again"));
  for (const path of ["/api/kit/stats", "/metrics"]) {
    const response = await test.ask(path);
    assertEquals([response.status, response.headers.get("retry-after")], [503, "1"]);
    assertStringIncludes(await response.text(), "Cannot answer now: the store starts again");
  }
  assertEquals(test.faults, []);
});

Deno.test("unreadable stored data is a fault of the collector, not of the client", async () => {
  using test = createRoom();
  test.store.services = () => Promise.reject(new MalformedError("truncated varint", 3));
  const { status, body } = await test.read("/api/v3/services");
  assertEquals([status, body.error.message], [500, "Cannot answer: truncated varint"]);
  assertEquals(test.faults.length, 1);
});

Deno.test("a page that cannot be read is a fault of the collector", async () => {
  using test = createRoom({ pageAssets: () => Promise.reject(new Error("no such file")) });
  const response = await test.ask("/traces");
  assertEquals(response.status, 500);
  assertEquals(response.headers.get("x-content-type-options"), "nosniff");
  assertEquals(test.faults, ["answer GET /traces: Error: no such file"]);
});

Deno.test("an import that cannot be stored is a fault, but one that cannot be read is not", async () => {
  for (
    const [error, status, faults] of [
      [new Error("the disk is full"), 500, 1],
      [new MalformedError("no JSON"), 400, 0],
    ] as const
  ) {
    using test = createRoom({ importData: () => Promise.reject(error) });
    const response = await test.ask("/api/kit/data", { method: "POST", body: "{}" });
    await response.body?.cancel();
    assertEquals([response.status, test.faults.length], [status, faults]);
  }
});

Deno.test("a client that disconnects during its request is not a fault", async () => {
  using test = createRoom({
    importData: async (file) => {
      await new Response(file).arrayBuffer();
      return { accepted: 0, rejected: 0, duplicated: 0 };
    },
  });
  for (
    const [path, type] of [
      ["/api/kit/data", "application/json"],
      ["/api/v1/query", "application/x-www-form-urlencoded"],
    ] as const
  ) {
    const response = await test.ask(path, {
      method: "POST",
      headers: { "content-type": type },
      body: breakingOff(),
    });
    assertEquals([response.status, test.faults], [400, []], await response.text());
  }
});

Deno.test("an invalid form is not a fault", async () => {
  using test = createRoom();
  const response = await test.ask("/api/v1/query", {
    method: "POST",
    headers: { "content-type": "multipart/form-data" },
    body: "query=up",
  });
  const { errorType } = await response.json();
  assertEquals([response.status, errorType, test.faults], [400, "bad_data", []]);
});

Deno.test("an aborted answer is reported, because its status was already sent", async () => {
  using test = createRoom();
  test.store.exportLines = () =>
    new ReadableStream({
      pull: (controller) => controller.error(new Error("segment 7 is damaged")),
    });
  const response = await test.ask("/api/kit/data?signal=logs");
  assertEquals(response.status, 200);
  assertEquals(await response.text().catch((error) => error.message), "segment 7 is damaged");
  assertEquals(test.faults, ["export all logs: Error: segment 7 is damaged"]);
});
