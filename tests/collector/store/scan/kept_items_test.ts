import { assertEquals } from "@std/assert";
import fc from "fast-check";
import type { Metric, Span } from "../../../../lib/otlp/json.ts";
import type { Signal } from "../../../../lib/otlp/signal.ts";
import { MAX_SERIES } from "../../../../lib/collector/store/index/metric_store.ts";
import type { AddResult } from "../../../../lib/collector/store/store.ts";
import { StoreEngine } from "../../../../lib/collector/store/worker/store_engine.ts";
import { encodeRequest } from "../../../helpers/otlp_proto.ts";
import { metricsRequest, resourceOf, span as spanInHex } from "../requests.ts";
import { protobufOf } from "../../../helpers/otlp_requests.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** A span or data point, its fate, and its position among the groups that contain it. */
interface Item {
  fate: "new" | "repeated" | "invalid";
  number: number;
  group: number;
}

/** Items by resource, and by scope or metric. */
type Items = Item[][][];

const fate = fc.constantFrom<Item["fate"]>("new", "repeated", "invalid");
const items: fc.Arbitrary<Items> = fc.array(
  fc.array(fc.array(fate, { maxLength: 4 }), { maxLength: 5 }),
  { maxLength: 3 },
).map((resources) => {
  let number = 0;
  return resources.map((groups) =>
    groups.map((fates, group) => fates.map((fate) => ({ fate, number: ++number, group })))
  );
});

/** The items with one of these fates. Groups that become empty are removed. */
function select(items: Items, wanted: readonly Item["fate"][]): Items {
  return filled(
    items,
    (groups) => filled(groups, (group) => group.filter(({ fate }) => wanted.includes(fate))),
  );
}

function filled<T>(lists: T[][], change: (list: T[]) => T[]): T[][] {
  return lists.map((list) => [list, change(list)] as const)
    .filter(([before, after]) => before.length === 0 || after.length > 0)
    .map(([, after]) => after);
}

function openEngine(maxTraces = 100): StoreEngine {
  return new StoreEngine({ maxTraces, maxBytes: 16 * 2 ** 20 });
}

async function add(engine: StoreEngine, signal: Signal, bytes: Bytes): Promise<AddResult> {
  const [outcome] = await engine.add([{ signal, bytes, returnsKept: true }]);
  if (!outcome || !("result" in outcome)) throw new Error(JSON.stringify(outcome));
  return outcome.result;
}

/** Whichever part of a request is accepted is returned byte for byte as it came. */
async function checkGivenBack(
  signal: Signal,
  known: readonly Item["fate"][],
  requestOf: (items: Items) => Bytes,
): Promise<void> {
  await fc.assert(fc.asyncProperty(items, async (items) => {
    const engine = openEngine();
    await add(engine, signal, requestOf(select(items, known)));
    const { accepted, kept } = await add(engine, signal, requestOf(items));
    const all = items.flat(2);
    const isNew = all.map(({ fate }) => fate === "new");
    assertEquals(accepted, isNew.filter(Boolean).length);
    const isPart = isNew.includes(true) && isNew.includes(false);
    assertEquals(kept, isPart ? requestOf(select(items, ["new"])) : undefined);
  }));
}

/** A span for an independent encoder, which doesn't support hex IDs. */
function span(traceId: string, spanId: string, more: Span = {}) {
  const inHex = spanInHex(traceId, spanId, more);
  const bytesOf = (id = "") => Uint8Array.fromHex(id);
  return { ...inHex, traceId: bytesOf(inHex.traceId), spanId: bytesOf(inHex.spanId) };
}

function spansRequest(...spans: ReturnType<typeof span>[]): Bytes {
  return encodeRequest("traces", {
    resourceSpans: [{ resource: resourceOf("shop"), scopeSpans: [{ spans }] }],
  });
}

Deno.test("accepted spans are returned unchanged", async () => {
  await checkGivenBack("traces", ["repeated"], (items) =>
    encodeRequest("traces", {
      resourceSpans: items.map((scopes) => ({
        resource: resourceOf("shop"),
        scopeSpans: scopes.map((spans) => ({
          scope: { name: "test" },
          spans: spans.map(({ fate, number }) =>
            span("1", fate === "invalid" ? "0" : number.toString(16))
          ),
          schemaUrl: "of the scope",
        })),
        schemaUrl: "of the resource",
      })),
    }));
});

/** A metric of each type. */
const METRICS: ((dataPoints: object[]) => Metric)[] = [
  (dataPoints) => ({ name: "gauge", gauge: { dataPoints } }),
  (dataPoints) => ({ name: "sum", sum: { dataPoints, isMonotonic: true } }),
  (dataPoints) => ({ name: "histogram", histogram: { dataPoints } }),
  (dataPoints) => ({ name: "exponential", exponentialHistogram: { dataPoints } }),
  (dataPoints) => ({ name: "summary", summary: { dataPoints } }),
];

Deno.test("accepted data points are returned unchanged", async () => {
  await checkGivenBack("metrics", ["repeated", "invalid"], (items) =>
    protobufOf("MetricsData", {
      resourceMetrics: items.map((metrics) => ({
        resource: resourceOf("shop"),
        scopeMetrics: [{
          scope: { name: "test" },
          metrics: metrics.map((points) =>
            METRICS[points[0]?.group ?? 0]!(
              points.map(({ number }) => ({ timeUnixNano: String(number) })),
            )
          ),
        }],
      })),
    }));
});

Deno.test("a span that is in a request twice is returned once", async () => {
  const [one, other] = [span("1", "1"), span("1", "2")];
  const { kept } = await add(openEngine(), "traces", spansRequest(one, one, other, one));
  assertEquals(kept, spansRequest(one, other));
});

Deno.test("data points that are evicted immediately still count as accepted", async () => {
  const metric = (name: string, ...times: string[]) => ({
    name,
    gauge: { dataPoints: times.map((timeUnixNano) => ({ timeUnixNano })) },
  });
  const many = Array.from({ length: MAX_SERIES + 1 }, (_, i) => metric(`metric ${i}`, "1"));
  const request = metricsRequest([...many, metric("last", "1", "1")]);
  const { accepted, duplicated, kept } = await add(openEngine(), "metrics", request);
  assertEquals([accepted, duplicated], [MAX_SERIES + 2, 1]);
  assertEquals(kept, metricsRequest([...many, metric("last", "1")]));
});

Deno.test("spans that are evicted immediately still count as accepted", async () => {
  const spans = ["1", "2", "3"].map((id) => span(id, id));
  const request = spansRequest(...spans, spans[2]!);
  const { accepted, kept } = await add(openEngine(1), "traces", request);
  assertEquals([accepted, kept], [3, spansRequest(...spans)]);
});

Deno.test("accepted items are returned only on request, and only if others were rejected", async () => {
  const [one, other] = [span("1", "1"), span("1", "2")];
  const engine = openEngine();
  assertEquals((await add(engine, "traces", spansRequest(one))).kept, undefined);
  assertEquals((await add(engine, "traces", spansRequest(one))).kept, undefined);
  const [outcome] = await engine.add([{ signal: "traces", bytes: spansRequest(one, other) }]);
  assertEquals(outcome && "result" in outcome && outcome.result.kept, undefined);
});
