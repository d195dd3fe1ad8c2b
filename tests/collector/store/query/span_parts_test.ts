import { assert, assertEquals } from "@std/assert";
import type { TraceQuery } from "../../../../lib/collector/model.ts";
import { spanParts } from "../../../../lib/collector/store/query/span_parts.ts";
import { StoreEngine } from "../../../../lib/collector/store/worker/store_engine.ts";
import type { TracesData } from "../../../../lib/otlp/json.ts";
import { span, tracesRequest } from "../requests.ts";

const SPANS = 6000;
const attributes = [{ key: "padding", value: { stringValue: "x".repeat(300) } }];
const id = (trace: number) => trace.toString(16).padStart(32, "0");

/** Adds this many spans to a trace. */
async function fill(engine: StoreEngine, trace: number, count = SPANS): Promise<void> {
  const spans = Array.from(
    { length: count },
    (_, i) => span(trace.toString(16), (i + 1).toString(16), { attributes }),
  );
  await engine.add([{ signal: "traces", bytes: tracesRequest(spans) }]);
}

async function open(...traces: number[]): Promise<StoreEngine> {
  const engine = new StoreEngine({ maxTraces: 100, maxBytes: 2 ** 26 });
  for (const trace of traces) await fill(engine, trace);
  return engine;
}

function spanIds(part: Uint8Array): string[] {
  const data: TracesData = JSON.parse(`{"resourceSpans":[${new TextDecoder().decode(part)}]}`);
  return data.resourceSpans!.flatMap(({ scopeSpans }) =>
    scopeSpans!.flatMap(({ spans }) => spans!.map(({ traceId, spanId }) => `${traceId}${spanId}`))
  );
}

function partsOf(engine: StoreEngine, question: string | TraceQuery) {
  return spanParts((cursor) => engine.spansFrom(question, cursor));
}

Deno.test("a long trace is returned in short parts, each span once", async () => {
  const engine = await open(7);
  const ids: string[] = [];
  let count = 0;
  for await (const part of (await partsOf(engine, id(7)))!) {
    count++;
    assert(part.length < 2 ** 20, `${part.length} bytes`);
    ids.push(...spanIds(part));
    // Spans that arrive meanwhile aren't included.
    if (count === 1) await fill(engine, 8, 10);
  }
  assert(count > 4);
  assertEquals([ids.length, new Set(ids).size], [SPANS, SPANS]);
});

Deno.test("long matching traces are returned in short parts, up to the limit", async () => {
  const engine = await open(1, 2, 3);
  for (const [limit, traces] of [[2, [3, 2]], [9, [3, 2, 1]]] as const) {
    const ids: string[] = [];
    for await (const part of (await partsOf(engine, { limit }))!) ids.push(...spanIds(part));
    assertEquals(ids.length, traces.length * SPANS);
    assertEquals([...new Set(ids.map((id) => id.slice(0, 32)))], traces.map(id));
  }
});

Deno.test("a trace that is evicted while it is read ends there", async () => {
  const engine = await open(1, 2);
  const ids: string[] = [];
  for await (const part of (await partsOf(engine, { limit: 9 }))!) {
    if (ids.length === 0) await engine.clear(id(2));
    ids.push(...spanIds(part));
  }
  assert(ids.length < 2 * SPANS);
  assertEquals(ids.filter((one) => one.startsWith(id(1))).length, SPANS);
  assertEquals(await partsOf(engine, id(2)), undefined);
});

Deno.test("a long request is exported as several lines, each span once", async () => {
  const engine = await open(5);
  let cursor = undefined;
  let count = 0;
  const ids: string[] = [];
  do {
    const part = await engine.exportFrom("traces", cursor);
    for (const line of new TextDecoder().decode(part.lines).split("\n").filter(Boolean)) {
      count++;
      const elements = line.slice('{"resourceSpans":['.length, -"]}".length);
      ids.push(...spanIds(new TextEncoder().encode(elements)));
    }
    cursor = part.next;
  } while (cursor);
  assert(count > 2);
  assertEquals([ids.length, new Set(ids).size], [SPANS, SPANS]);
});
