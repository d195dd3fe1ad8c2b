import { assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { openStore } from "../../../../lib/collector/store/worker/open_store.ts";
import { StoreEngine } from "../../../../lib/collector/store/worker/store_engine.ts";
import { MalformedError } from "../../../../lib/otlp/malformed_error.ts";
import { logsRequest, metricsRequest, span, tracesRequest } from "../requests.ts";

const LIMITS = { maxBytes: 64 * 2 ** 20, maxTraces: 1000 };

/** An attribute large enough to make its message a long one. */
const LARGE = { key: "large", value: { stringValue: "x".repeat(2 ** 20) } };

/** A request that takes many turns: one attribute is a list of millions of values. */
function slowRequest(): Uint8Array<ArrayBuffer> {
  const values = Array(4_000_000).fill({});
  const attributes = [{ key: "list", value: { arrayValue: { values } } }];
  return tracesRequest([span("1", "1", { attributes }), span("1", "2")]);
}

Deno.test("a query after a long request is answered before the request is stored", async () => {
  await using store = await openStore(LIMITS);
  const order: string[] = [];
  await Promise.all([
    store.add("traces", slowRequest()).then(({ accepted }) => order.push(`long ${accepted}`)),
    store.stats().then(({ signals }) => order.push(`stats ${signals.traces.kept}`)),
    store.add("traces", tracesRequest([span("2", "1")])).then(() => order.push("short")),
  ]);
  assertEquals(order, ["stats 0", "short", "long 2"]);
  assertEquals((await store.stats()).signals.traces.kept, 3);
});

Deno.test("a long request that is malformed at its end leaves nothing behind", async () => {
  const engine = new StoreEngine(LIMITS);
  const whole = tracesRequest([span("1", "1"), span("1", "2", { attributes: [LARGE] })]);
  const bytes = whole.slice(0, -1);
  const [long, short] = await engine.add([
    { signal: "traces", bytes },
    { signal: "traces", bytes: tracesRequest([span("2", "1")]) },
  ]);
  assertEquals("error" in long! && long.error.isMalformed, true);
  assertEquals("result" in short! && short.result.accepted, 1);
  assertEquals((await engine.stats()).signals.traces.received, 1);
  await engine.close();
});

Deno.test("long requests of each signal are stored as short ones are", async () => {
  const requests = {
    traces: tracesRequest([span("1", "1", { attributes: [LARGE] })]),
    logs: logsRequest([{ attributes: [LARGE] }]),
    metrics: metricsRequest([{ name: "m", gauge: { dataPoints: [{ attributes: [LARGE] }] } }]),
  };
  await using store = await openStore(LIMITS);
  for (const signal of ["traces", "logs", "metrics"] as const) {
    const broken = requests[signal].slice(0, -1);
    await assertRejects(() => store.add(signal, broken), MalformedError);
    assertEquals((await store.add(signal, requests[signal])).accepted, 1, signal);
    assertEquals((await store.stats()).signals[signal].kept, 1, signal);
  }
});

Deno.test("a closing store first stores the long request that it received", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const options = { ...LIMITS, file: join(folder, "kept.db") };
    const engine = new StoreEngine(options);
    const adding = engine.add([{ signal: "traces", bytes: slowRequest() }]);
    await engine.close();
    const [outcome] = await adding;
    assertEquals("result" in outcome! && outcome.result.accepted, 2);
    const again = new StoreEngine(options);
    assertEquals((await again.stats()).signals.traces.kept, 2);
    await again.close();
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("the outcome of a request stored in parts is reported as a single one", async () => {
  const many = (from: number, padding: string) =>
    Array.from(
      { length: 30_000 },
      (_, i) => span("1", (from + i).toString(16), { name: `GET /${padding}` }),
    );
  await using store = await openStore({ ...LIMITS, maxBytes: 2 ** 28 });
  const invalid = Array(20_000).fill(span("", "1", { traceId: "" }));
  const request = tracesRequest([...many(1, "a".repeat(100)), ...invalid]);
  const first = await store.add("traces", request, { returnsKept: true });
  const { kept, ...counts } = first;
  assertEquals(counts, {
    accepted: 30_000,
    rejected: 20_000,
    duplicated: 0,
    serviceNames: ["shop"],
    message: "20000 spans rejected: trace_id must be 16 bytes and not all zero",
  });
  const other = await openStore(LIMITS);
  assertEquals((await other.add("traces", kept!)).accepted, 30_000);
  await other[Symbol.asyncDispose]();
  const again = await store.add("traces", tracesRequest(many(15_001, "a".repeat(100))));
  assertEquals([again.accepted, again.duplicated], [15_000, 15_000]);
});
