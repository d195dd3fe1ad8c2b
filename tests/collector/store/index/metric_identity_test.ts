import { assertEquals, assertStringIncludes } from "@std/assert";
import type { Metric, NumberDataPoint, ScopeMetrics } from "../../../../lib/otlp/json.ts";
import {
  metricConflictHints,
  metricHints,
} from "../../../../lib/collector/hints/metric_conflict.ts";
import { StoreEngine } from "../../../../lib/collector/store/worker/store_engine.ts";
import { encodeMessage } from "../../../../lib/otlp/encode.ts";
import { resourceOf } from "../requests.ts";

const LIMITS = { maxTraces: 1, maxBytes: 2 ** 24 };
const METER = { name: "meter" };
const DELTA = 1;
const CUMULATIVE = 2;

/** Metrics that differ in one part of their identity, with equal timestamps, as SDKs send them. */
const TWINS: [string, ScopeMetrics[], isConflict: boolean][] = [
  ["scope attributes", scopes({ scope: scopeWith("1") }, { scope: scopeWith("2") }), false],
  [
    "scope versions",
    scopes({ scope: { ...METER, version: "1" } }, { scope: { ...METER, version: "2" } }),
    false,
  ],
  ["scope schema URLs", scopes({ schemaUrl: "https://a" }, { schemaUrl: "https://b" }), false],
  ["types", metrics(sum(CUMULATIVE, true), { gauge: points() }), true],
  ["units", metrics({ unit: "ms", gauge: points() }, { unit: "s", gauge: points() }), true],
  ["temporalities", metrics(sum(DELTA, true), sum(CUMULATIVE, true)), true],
  ["monotonicity", metrics(sum(CUMULATIVE, true), sum(CUMULATIVE, false)), true],
];
for (const [what, scopeMetrics, isConflict] of TWINS) {
  Deno.test(`metrics that differ in ${what} are both kept`, async () => {
    const store = new StoreEngine(LIMITS);
    const result = await add(store, scopeMetrics);
    assertEquals([result.accepted, result.duplicated], [2, 0]);
    const [summary] = await store.metrics();
    assertEquals([summary!.seriesCount, summary!.conflicts.length], [2, isConflict ? 1 : 0]);
    assertEquals((await store.metric("x"))!.series.map(({ points }) => points.length), [1, 1]);
    assertEquals((await add(store, scopeMetrics)).duplicated, 2);
  });
}

Deno.test("a series has its own unit, type, temporality, monotonicity, scope, and resource", async () => {
  const store = new StoreEngine(LIMITS);
  const scope = { ...scopeWith("1"), version: "2" };
  await add(store, [
    { scope, schemaUrl: "https://a", metrics: [{ name: "x", unit: "ms", ...sum(DELTA, true) }] },
    { metrics: [{ name: "x", gauge: points() }] },
  ]);
  const { series, kinds } = (await store.metric("x"))!;
  const { points: _, ...first } = series[0]!;
  const traits = { unit: "ms", type: "sum", aggregationTemporality: DELTA, isMonotonic: true };
  assertEquals<unknown>(first, {
    ...traits,
    serviceName: "shop",
    serviceInstanceId: "",
    resource: resourceOf("shop").attributes,
    scopeName: "meter",
    scopeVersion: "2",
    scopeSchemaUrl: "https://a",
    scopeAttributes: scope.attributes,
    attributes: [],
  });
  assertEquals<unknown>(kinds, [
    traits,
    { unit: "", type: "gauge", aggregationTemporality: 0, isMonotonic: false },
  ]);
});

Deno.test("a hint names the differences between metrics with one name", async () => {
  const store = new StoreEngine(LIMITS);
  await add(store, metrics({ unit: "ms", ...sum(CUMULATIVE, false) }, { gauge: points() }));
  const [hint] = metricConflictHints((await store.metrics())[0]!);
  assertEquals(hint!.id, "metric-conflict");
  assertStringIncludes(hint!.title, '"x"');
  // The order is that of the message's fields.
  assertEquals(hint!.evidence.detail, "cumulative non-monotonic sum in ms; gauge");
});

/** Two points of one series with one time, and whether they are the same. */
const SAME_TIME: [
  what: string,
  first: NumberDataPoint,
  second: NumberDataPoint,
  isSame: boolean,
][] = [
  ["sent twice", { timeUnixNano: "7", asDouble: 1 }, { timeUnixNano: "7", asDouble: 1 }, true],
  [
    "encoded otherwise",
    { timeUnixNano: "7", asInt: "1" },
    { timeUnixNano: "7", asDouble: 1 },
    true,
  ],
  [
    "of another value",
    { timeUnixNano: "7", asDouble: 1 },
    { timeUnixNano: "7", asDouble: 2 },
    false,
  ],
  ["of no value", { timeUnixNano: "7", asDouble: 1 }, { timeUnixNano: "7" }, false],
  [
    "of another start",
    { timeUnixNano: "7", asDouble: 1 },
    { timeUnixNano: "7", asDouble: 1, startTimeUnixNano: "3" },
    false,
  ],
  ["without time", { asDouble: 1 }, { asDouble: 2 }, false],
  [
    "of another integer that is too large for a double",
    { timeUnixNano: "7", asInt: "9007199254740992" },
    { timeUnixNano: "7", asInt: "9007199254740993" },
    false,
  ],
  [
    "with an exemplar of another large integer",
    { timeUnixNano: "7", asInt: "1", exemplars: [{ asInt: "9223372036854775806" }] },
    { timeUnixNano: "7", asInt: "1", exemplars: [{ asInt: "9223372036854775807" }] },
    false,
  ],
  [
    "of a negative zero",
    { timeUnixNano: "7", asDouble: 0 },
    { timeUnixNano: "7", asDouble: -0 },
    false,
  ],
];
for (const [what, first, second, isSame] of SAME_TIME) {
  Deno.test(`a point ${what} is ${isSame ? "the same point" : "kept, and a hint says so"}`, async () => {
    const store = new StoreEngine(LIMITS);
    const send = (point: NumberDataPoint) =>
      add(store, metrics({ gauge: { dataPoints: [point] } }));
    await send(first);
    const expected = isSame ? [0, 1] : [1, 0];
    const { accepted, duplicated } = await send(second);
    assertEquals([accepted, duplicated], expected);
    assertEquals((await send(second)).duplicated, 1);
    const metric = (await store.metric("x"))!;
    assertEquals(metric.series.map(({ points }) => points.length), [isSame ? 1 : 2]);
    assertEquals(metric.overlaps, isSame ? [] : [{ serviceName: "shop", points: 1 }]);
    assertEquals(
      metricHints(metric).map(({ id }) => id),
      isSame ? [] : ["metric-overlap"],
    );
  });
}

Deno.test("histograms that differ in a large count or a threshold are different points", async () => {
  const histogram = (bucketCount: string): Metric => ({
    histogram: { dataPoints: [{ timeUnixNano: "7", count: "1", bucketCounts: [bucketCount] }] },
  });
  const exponential = (zeroThreshold: number): Metric => ({
    exponentialHistogram: { dataPoints: [{ timeUnixNano: "7", count: "1", zeroThreshold }] },
  });
  const pairs = [
    [histogram("9007199254740992"), histogram("9007199254740993")],
    [exponential(0.1), exponential(0.2)],
  ];
  for (const [first, second] of pairs) {
    const store = new StoreEngine(LIMITS);
    await add(store, metrics(first!));
    assertEquals((await add(store, metrics(second!))).accepted, 1);
    assertEquals((await add(store, metrics(second!))).duplicated, 1);
  }
});

Deno.test("PromQL gets one sample of points with one time, the first", async () => {
  const store = new StoreEngine(LIMITS);
  const point = (asDouble: number) => ({ timeUnixNano: "7000000", asDouble });
  await add(store, metrics({ gauge: { dataPoints: [point(1), point(2), point(3)] } }));
  for (const isNewestOnly of [false, true]) {
    const columns = await store.columns("x", { from: 0, to: 10, isNewestOnly });
    assertEquals([...columns!.values], [1]);
  }
});

Deno.test("restarts, each with a new instance ID, do not use up the series", async () => {
  const store = new StoreEngine(LIMITS);
  for (let restart = 0; restart < 51; restart++) {
    const dataPoints = Array.from({ length: 100 }, (_, i) => ({
      timeUnixNano: String(restart + 1),
      attributes: [{ key: "route", value: { intValue: String(i) } }],
    }));
    const result = await add(store, [{ metrics: [{ name: "x", gauge: { dataPoints } }] }], restart);
    assertEquals([result.accepted, result.rejected], [100, 0]);
  }
  assertEquals((await store.stats()).series, { kept: 5000, evicted: 100 });
  const { series } = (await store.metric("x"))!;
  const instances = new Set(series.map(({ serviceInstanceId }) => serviceInstanceId));
  assertEquals([instances.has("0"), instances.has("1"), instances.has("50")], [false, true, true]);
});

async function add(store: StoreEngine, scopeMetrics: ScopeMetrics[], instance?: number) {
  const { attributes } = resourceOf("shop");
  if (instance !== undefined) {
    attributes.push({ key: "service.instance.id", value: { stringValue: String(instance) } });
  }
  const bytes = encodeMessage("MetricsData", {
    resourceMetrics: [{ resource: { attributes }, scopeMetrics }],
  });
  const [outcome] = await store.add([{ signal: "metrics", bytes }]);
  if (!("result" in outcome!)) throw new Error("The store refused the metrics");
  return outcome.result;
}

function scopes(...given: ScopeMetrics[]): ScopeMetrics[] {
  return given.map((scope) => ({
    scope: METER,
    ...scope,
    metrics: [{ name: "x", gauge: points() }],
  }));
}

function metrics(...given: Metric[]): ScopeMetrics[] {
  return [{ scope: METER, metrics: given.map((metric) => ({ name: "x", ...metric })) }];
}

function scopeWith(value: string) {
  return { ...METER, attributes: [{ key: "k", value: { stringValue: value } }] };
}

function sum(aggregationTemporality: number, isMonotonic: boolean): Metric {
  return { sum: { aggregationTemporality, isMonotonic, ...points() } };
}

function points() {
  return { dataPoints: [{ timeUnixNano: "7", asDouble: 1 }] };
}
