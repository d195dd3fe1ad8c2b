import { assertEquals, assertMatch } from "@std/assert";
import type { MetricPoint } from "../../../../lib/collector/model.ts";
import { samplesOf } from "../../../../lib/collector/prometheus/metric_samples.ts";
import { SampleReader } from "../../../../lib/collector/store/query/sample_reader.ts";
import { StoreEngine } from "../../../../lib/collector/store/worker/store_engine.ts";
import type { Metric } from "../../../../lib/otlp/json.ts";
import { protobufToJson } from "../../../../lib/otlp/decode.ts";
import { jsonToProtobuf } from "../../../../lib/otlp/json_request.ts";
import { REQUEST_MESSAGES } from "../../../../lib/otlp/messages.ts";
import { logsRequest, metricsRequest } from "../requests.ts";

const ALWAYS = { from: -Infinity, to: Infinity, isNewestOnly: false };
const TIME = { timeUnixNano: "7" };
const NO_BUCKETS = { explicitBounds: [], bucketCounts: [] };

/** A metric, its last point, and its number of samples in Prometheus' API. */
const CASES: [string, Metric, Partial<MetricPoint>, number][] = [
  [
    "a gauge without recorded value",
    { gauge: { dataPoints: [{ ...TIME, asDouble: 1, flags: 1 }] } },
    { hasNoRecordedValue: true },
    0,
  ],
  [
    "other flags beside it",
    { gauge: { dataPoints: [{ ...TIME, asDouble: 1, flags: 3 }] } },
    { hasNoRecordedValue: true },
    0,
  ],
  [
    "other flags only",
    { gauge: { dataPoints: [{ ...TIME, asDouble: 1, flags: 2 }] } },
    { value: 1 },
    1,
  ],
  [
    "a histogram without recorded value",
    { histogram: { dataPoints: [{ ...TIME, flags: 1, count: "3", sum: 4 }] } },
    { hasNoRecordedValue: true },
    0,
  ],
  [
    "a summary without recorded value",
    { summary: { dataPoints: [{ ...TIME, flags: 1 }] } },
    { hasNoRecordedValue: true },
    0,
  ],
  ["a gauge without value", { gauge: { dataPoints: [TIME] } }, {}, 0],
  ["a sum without value", { sum: { isMonotonic: true, dataPoints: [TIME] } }, {}, 0],
  ["an empty histogram", { histogram: { dataPoints: [TIME] } }, NO_BUCKETS, 0],
  [
    "a histogram that measured nothing",
    { histogram: { dataPoints: [{ ...TIME, bucketCounts: ["0"] }] } },
    { count: 0, explicitBounds: [], bucketCounts: [0] },
    2,
  ],
  ["an empty summary", { summary: { dataPoints: [TIME] } }, { quantiles: [] }, 0],
  ["a value of zero", { gauge: { dataPoints: [{ ...TIME, asInt: "0" }] } }, { value: 0 }, 1],
];
for (const [what, data, expected, samples] of CASES) {
  Deno.test(`${what}: nothing is invented`, async () => {
    const store = new StoreEngine({ maxTraces: 1, maxBytes: 2 ** 24 });
    await store.add([{ signal: "metrics", bytes: metricsRequest([{ name: "x", ...data }]) }]);
    const metric = (await store.metric("x"))!;
    assertEquals(metric.series[0]!.points, [{ ...TIME, ...expected }]);
    const read = await new SampleReader(store.columns).read("x", ALWAYS);
    assertEquals(samplesOf(read!).length, samples);
    const { json } = (await store.metricJson("x"))!;
    assertEquals(JSON.parse(new TextDecoder().decode(json)), metric);
  });
}

Deno.test("a negative zero stays one, wherever it is written", async () => {
  const store = new StoreEngine({ maxTraces: 1, maxBytes: 2 ** 24 });
  const dataPoints = [{ timeUnixNano: "1", asDouble: -0 }];
  const attributes = [{ key: "n", value: { doubleValue: -0 } }];
  await store.add([
    { signal: "metrics", bytes: metricsRequest([{ name: "x", gauge: { dataPoints } }]) },
    { signal: "logs", bytes: logsRequest([{ timeUnixNano: "1", attributes }]) },
  ]);
  const { json } = (await store.metricJson("x"))!;
  assertMatch(new TextDecoder().decode(json), /"value":-0}/);
  for (const [signal, expected] of [["metrics", /"asDouble":"-0"/], ["logs", /"-0"/]] as const) {
    const { lines } = await store.exportFrom(signal, undefined);
    assertMatch(new TextDecoder().decode(lines), expected);
    const { body } = jsonToProtobuf(signal, lines.subarray(0, -1));
    assertMatch(JSON.stringify(protobufToJson(REQUEST_MESSAGES[signal], body)), expected);
  }
  const { logs } = await store.findLogs({ text: "-0", limit: 1 });
  assertEquals(logs.length, 1);
});

Deno.test("a point without time has none, and neither has an exemplar without value", async () => {
  const store = new StoreEngine({ maxTraces: 1, maxBytes: 2 ** 24 });
  const dataPoints = [{ asInt: "1", exemplars: [{}, { asDouble: 0, timeUnixNano: "7" }] }];
  const bytes = metricsRequest([
    { name: "x", gauge: { dataPoints } },
    { name: "y", gauge: { dataPoints: [{ asInt: "1" }] } },
  ]);
  await store.add([{ signal: "metrics", bytes }]);
  const ids = { traceId: "", spanId: "", filteredAttributes: [] };
  const exemplars = [ids, { ...ids, timeUnixNano: "7", value: 0 }];
  assertEquals((await store.metric("x"))!.series[0]!.points, [{ value: 1, exemplars }]);
  assertEquals((await store.metric("y"))!.series[0]!.points, [{ value: 1 }]);
  for (const name of ["x", "y"]) {
    const { json } = (await store.metricJson(name))!;
    assertEquals(JSON.parse(new TextDecoder().decode(json)), await store.metric(name));
  }
});
