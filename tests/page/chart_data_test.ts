import { assertAlmostEquals, assertEquals, assertMatch } from "@std/assert";
import type { MetricData, MetricPoint, MetricSeries } from "../../lib/collector/model.ts";
import { bucketsOf, merge, quantile, subtract } from "../../lib/page/views/metrics/buckets.ts";
import {
  combine,
  groupKeys,
  groupSeries,
  seriesLabel,
} from "../../lib/page/views/metrics/grouping.ts";
import { formatMedian, medianOf } from "../../lib/page/views/metrics/median.ts";
import {
  chartData,
  emptyReason,
  groupInstances,
  splitByKind,
  timesAround,
} from "../../lib/page/views/metrics/chart_data.ts";

Deno.test("quantile() spreads measurements evenly within a bucket", () => {
  const buckets = { bounds: [10, 20, 40], counts: [0, 10, 10, 0] };
  assertEquals(quantile(buckets, 0.25), 15);
  assertEquals(quantile(buckets, 0.5), 20);
  assertEquals(quantile(buckets, 1), 40);
});

Deno.test("quantile() returns the last bound for values above it, and NaN without data", () => {
  assertEquals(quantile({ bounds: [1, 2], counts: [0, 0, 5] }, 0.5), 2);
  assertEquals(quantile({ bounds: [1], counts: [0, 0] }, 0.5), NaN);
});

Deno.test("bucketsOf() reads an exponential histogram", () => {
  const buckets = bucketsOf({
    ...point(0),
    scale: 0,
    zeroCount: 1,
    positive: { offset: 1, bucketCounts: [2, 3] },
    negative: { offset: 0, bucketCounts: [4] },
  });
  // Scale 0 has base 2: offset 1 is (2, 4], then (4, 8]; below zero [-2, -1).
  assertEquals(buckets, { bounds: [-1, 0, 2, 4, 8], counts: [4, 1, 0, 2, 3, 0] });
});

Deno.test("subtract() finds what is new after an exponential histogram became coarser", () => {
  const exponential = (scale: number, offset: number, bucketCounts: number[]) =>
    bucketsOf({ ...point(0), scale, positive: { offset, bucketCounts } })!;
  const increase = subtract(exponential(0, 0, [12, 1]), exponential(3, 0, new Array(8).fill(1)));
  assertEquals(increase, { bounds: [0, 1, 2, 4], counts: [0, 0, 4, 1, 0] });
});

Deno.test("subtract() returns the difference, and nothing after a restart", () => {
  const later = { bounds: [1, 2], counts: [3, 4, 5] };
  assertEquals(subtract(later, { bounds: [1, 2], counts: [1, 1, 1] })?.counts, [2, 3, 4]);
  assertEquals(subtract(later, { bounds: [1, 2], counts: [9, 0, 0] }), undefined);
});

Deno.test("merge() adds buckets with different bounds", () => {
  assertEquals(
    merge({ bounds: [1, 2], counts: [1, 2, 3] }, { bounds: [2, 4], counts: [10, 20, 30] }),
    { bounds: [1, 2, 4], counts: [1, 12, 20, 33] },
  );
});

Deno.test("medianOf() is a bucket where one bucket has all measurements", () => {
  const median = (...points: Partial<MetricPoint>[]) => {
    const series = points.map((one) => ({ ...point(0), explicitBounds: [0.005, 0.01], ...one }));
    const found = medianOf(metric("histogram", series.slice(-1)), "shop");
    return found && formatMedian(found);
  };
  assertEquals(median({ bucketCounts: [9, 0, 0] }), "≤ 5 ms");
  assertEquals(median({ bucketCounts: [0, 9, 0] }), "≤ 10 ms");
  assertEquals(median({ bucketCounts: [0, 0, 9] }), "> 10 ms");
  assertEquals(median({ bucketCounts: [5, 5, 0] }), "5 ms");
  assertEquals(median({ bucketCounts: [0, 0, 0] }), undefined);
});

Deno.test("chartData() shows a counter as its rate, also after a restart", () => {
  const { times, lines, unit } = chartData(metric("sum", [
    { ...point(10), value: 50 },
    { ...point(20), value: 70 },
    { ...point(30), startTimeUnixNano: nanos(25), value: 10 },
  ]));
  assertEquals(times, [10, 20, 30]);
  assertEquals(lines[0]?.values, [5, 2, 2]);
  assertEquals(unit, "{request}/s");
});

Deno.test("chartData() shows a histogram as quantiles per export interval", () => {
  const explicitBounds = [1, 2];
  const { lines } = chartData(metric("histogram", [
    { ...point(10), explicitBounds, bucketCounts: [10, 0, 0] },
    { ...point(20), explicitBounds, bucketCounts: [10, 10, 0] },
  ]));
  assertEquals(lines.map(({ label }) => label), ["p50", "p95", "p99"]);
  // Each interval has a single bucket, of which only the bound is known.
  assertEquals(lines.map(({ values }) => values), [[1, 2], [1, 2], [1, 2]]);
  assertEquals(lines.map(({ signs }) => [...signs.values()]), Array(3).fill(["≤ ", "≤ "]));
  const { lines: [p50, p95] } = chartData(metric("histogram", [
    { ...point(10), explicitBounds, bucketCounts: [5, 5, 0] },
    { ...point(20), explicitBounds, bucketCounts: [5, 5, 3] },
  ]));
  assertEquals([p50?.values, [...p50!.signs]], [[1, 2], [[1, "> "]]]);
  assertAlmostEquals(p95?.values[0] ?? NaN, 1.9);
});

Deno.test("chartData() keeps values apart that have no place in a chart", () => {
  const { lines: [line] } = chartData(metric("gauge", [
    { ...point(10), value: 3 },
    { ...point(20), value: NaN },
    { ...point(30), value: Infinity },
    { ...point(40), hasNoRecordedValue: true },
  ]));
  assertEquals(line?.values, [3, null, null, null]);
  assertEquals([...line!.nonFinite], [[1, NaN], [2, Infinity]]);
});

Deno.test("chartData() tells a gap in a line from a time at which only others have points", () => {
  const { times, lines } = chartData({
    ...metric("gauge", []),
    series: [
      {
        ...metric("gauge", []).series[0]!,
        attributes: [attribute("at", "odd")],
        points: [
          { ...point(10), value: 1 },
          { ...point(30), value: NaN },
          { ...point(50), value: 2 },
        ],
      },
      {
        ...metric("gauge", []).series[0]!,
        attributes: [attribute("at", "even")],
        points: [
          { ...point(20), value: 5 },
        ],
      },
    ],
  }, { groupBy: "at" });
  assertEquals(times, [10, 20, 30, 50]);
  assertEquals(
    new Set(lines.map(({ values }) => values)),
    new Set([
      [1, undefined, null, 2],
      [undefined, 5, undefined, undefined],
    ]),
  );
});

Deno.test("chartData() has a gap where a counter has no number", () => {
  const { lines: [line] } = chartData(metric("sum", [
    { ...point(10), value: 50 },
    { ...point(20), value: NaN },
    { ...point(30), value: 70 },
    { ...point(40), value: 80 },
  ]));
  assertEquals(line?.values, [5, null, null, 1]);
});

Deno.test("chartData() has no value where a histogram measured nothing", () => {
  const { lines: [p50] } = chartData(metric("histogram", [
    { ...point(10), explicitBounds: [1, 2], bucketCounts: [0, 0, 0] },
  ]));
  assertEquals([p50?.values, p50?.nonFinite.size], [[null], 0]);
});

Deno.test("combine() leaves out series that ended", () => {
  assertEquals(combine([[[0, 1], [10, undefined]], [[0, 2], [10, 3]]], "sum"), [[0, 3], [10, 3]]);
});

Deno.test("seriesLabel() leaves out what all series have in common", () => {
  const series = [series200, { ...series200, attributes: [attribute("code", "500"), METHOD] }];
  assertEquals(series.map((one) => seriesLabel(one, series)), ["code=200", "code=500"]);
});

const METHOD = attribute("method", "GET");
const TRAITS = {
  type: "sum",
  unit: "{request}",
  aggregationTemporality: 2,
  isMonotonic: true,
} as const;
const series200 = {
  serviceName: "shop",
  serviceInstanceId: "",
  ...TRAITS,
  resource: [],
  scopeName: "",
  scopeVersion: "",
  scopeSchemaUrl: "",
  scopeAttributes: [],
  attributes: [attribute("code", "200"), METHOD],
  points: [],
};

function metric(type: MetricData["type"], points: MetricPoint[]): MetricData {
  const traits = {
    unit: type === "sum" ? "{request}" : "s",
    type,
    aggregationTemporality: 2,
    isMonotonic: type === "sum",
  };
  return {
    name: "requests",
    description: "",
    ...traits,
    kinds: [traits],
    conflicts: [],
    overlaps: [],
    serviceNames: ["shop"],
    seriesCount: 1,
    lastTimeUnixNano: nanos(0),
    series: [{ ...series200, ...traits, points }],
  };
}

function point(seconds: number): MetricPoint {
  return { startTimeUnixNano: nanos(0), timeUnixNano: nanos(seconds) };
}

function nanos(seconds: number): string {
  return String(seconds * 1e9);
}

function attribute(key: string, stringValue: string) {
  return { key, value: { stringValue } };
}

Deno.test("splitByKind() gives each unit its own series", () => {
  const seconds = metric("gauge", [point(1)]);
  const millis = { ...seconds.kinds[0]!, unit: "ms" };
  const both = {
    ...seconds,
    kinds: [...seconds.kinds, millis],
    series: [...seconds.series, { ...seconds.series[0]!, ...millis }],
  };
  assertEquals(splitByKind(both).map(({ unit, series }) => [unit, series.length]), [
    ["s", 1],
    ["ms", 1],
  ]);
});

Deno.test("groupInstances() puts restarts of a service together, the newest first", () => {
  const instance = (serviceInstanceId: string, seconds: number) => ({
    ...series200,
    serviceInstanceId,
    points: [point(seconds)],
  });
  const other = { ...instance("c", 1), attributes: [] };
  const groups = groupInstances([instance("a", 1), instance("b", 2), other]);
  assertEquals(groups.map((group) => group.map((one) => one.serviceInstanceId)), [
    ["b", "a"],
    ["c"],
  ]);
});

Deno.test("groupSeries() puts the instances of a service together, and others apart", () => {
  const of = (instance: string, route: string, serviceName = "shop"): MetricSeries => ({
    ...metric("gauge", []).series[0]!,
    serviceName,
    serviceInstanceId: instance,
    attributes: [{ key: "http.route", value: { stringValue: route } }],
  });
  const all = { ...metric("gauge", []), series: [of("1", "/a"), of("2", "/a"), of("1", "/b")] };
  const labels = (by: string, type: MetricData["type"] = "gauge") =>
    groupSeries({ ...all, type }, by).map(({ label, series }) => `${label} ${series.length}`);
  assertEquals(labels(""), ["http.route=/a 2", "http.route=/b 1"]);
  assertEquals(labels("", "histogram"), ["shop 3"]);
  assertEquals(labels("service.instance.id"), ["1 2", "2 1"]);
  assertEquals(labels("http.route"), ["/a 2", "/b 1"]);
  assertEquals(labels("missing"), ["no missing 3"]);
  assertEquals(groupKeys(all.series), ["service.instance.id", "http.route"]);
  assertEquals(groupKeys([of("1", "/a", "a"), of("1", "/a", "b")]), ["service.name", "http.route"]);
});

Deno.test("groupSeries() tells series apart by namespace and scope where nothing else does", () => {
  const one = metric("gauge", []).series[0]!;
  const labels = (...series: Partial<MetricSeries>[]) =>
    groupSeries({
      ...metric("gauge", []),
      series: series.map((own) => ({ ...one, attributes: [], ...own })),
    }, "").map(({ label, series }) => `${label}: ${series.length}`);
  const scope = (value: string) => ({ scopeAttributes: [attribute("k", value)] });
  assertEquals(labels(scope("1"), scope("2")), ["shop scope.k=1: 1", "shop scope.k=2: 1"]);
  assertEquals(labels({}, { scopeVersion: "2", ...scope("2") }), [
    "shop: 1",
    "shop scope.version=2 scope.k=2: 1",
  ]);
  const namespace = (name: string) => ({ resource: [attribute("service.namespace", name)] });
  assertEquals(labels(namespace("n1"), namespace("n2"), namespace("n1")), [
    "shop service.namespace=n1: 2",
    "shop service.namespace=n2: 1",
  ]);
  // The attributes are enough.
  assertEquals(labels({ ...scope("1"), attributes: [METHOD] }, scope("2")), [
    "method=GET: 1",
    "shop: 1",
  ]);
});

Deno.test("a process that reported once counts as long as its report covers", () => {
  const restarts = [1, 2, 3, 4].map((i): MetricSeries => ({
    ...metric("sum", []).series[0]!,
    serviceInstanceId: String(i),
    points: [{ startTimeUnixNano: nanos(i * 10 - 10), timeUnixNano: nanos(i * 10), value: 100 }],
  }));
  const { lines: [line] } = chartData({ ...metric("sum", []), series: restarts });
  assertEquals(line!.values, [10, 10, 10, 10]);
  const gauges = combine([[[0, 1]], [[60, 2]], [[120, 4]]], "sum");
  assertEquals(gauges.map(([, value]) => value), [1, 2, 4]);
});

Deno.test("combine() adds what instances report at different times, until they are silent", () => {
  const line = (from: number, values: number[]) =>
    values.map((value, i) => [from + i * 10, value] as const);
  assertEquals(combine([line(0, [1, 2, 3]), line(0.4, [10, 20, 30])], "sum"), [
    [0.4, 11],
    [10.4, 22],
    [20.4, 33],
  ]);
  assertEquals(combine([line(0, [1, 3]), line(0, [3, 5])], "mean"), [[0, 2], [10, 4]]);
  // The second one ends; after three intervals its value is too old.
  const sums = combine([line(0, [1, 1, 1, 1, 1, 1, 1]), line(0, [5, 5])], "sum");
  assertEquals(sums.map(([, value]) => value), [6, 6, 6, 6, 6, 1, 1]);
  assertEquals(combine([[], line(0, [4])], "sum"), [[0, 4]]);
});

Deno.test("chartData() draws only the points of the time range", () => {
  const data = metric("gauge", [1, 2, 3].map((value) => ({ ...point(value * 10), value })));
  const times = chartData(data).times;
  const range = { fromMillis: times[1]! * 1000 };
  assertEquals(chartData(data, { range }).times, times.slice(1));
  assertEquals(chartData(data, { range: { toMillis: times[0]! * 1000 } }).times, [times[0]]);
});

Deno.test("emptyReason() says why there is no chart", () => {
  const counter = metric("sum", [{ timeUnixNano: nanos(10), value: 5 }]);
  assertEquals(chartData(counter).times, []);
  assertMatch(emptyReason(counter), /^No rate yet/);
  assertMatch(emptyReason(counter, { fromMillis: 11_000 }), /time range/);
  assertMatch(emptyReason(metric("gauge", [{ value: 5 }])), /no time/);
  assertMatch(emptyReason(metric("histogram", [point(1)])), /no values/);
});

Deno.test("timesAround() puts a single point in the middle", () => {
  assertEquals(timesAround([100]), [70, 130]);
  assertEquals(timesAround([100, 110, 160]), [100, 160]);
});
