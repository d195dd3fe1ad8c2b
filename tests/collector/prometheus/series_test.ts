// cspell:ignore reqs
import { assertEquals, assertStringIncludes } from "@std/assert";
import { createPrometheusApi } from "../../../lib/collector/prometheus/api.ts";
import { SampleReader } from "../../../lib/collector/store/query/sample_reader.ts";
import type { PointPeriod } from "../../../lib/collector/store/store.ts";
import { StoreEngine } from "../../../lib/collector/store/worker/store_engine.ts";
import { jsonToProtobuf } from "../../../lib/otlp/json_request.ts";
import { collectorStats } from "./collector_stats.ts";
import type { Json } from "../../helpers/poll.ts";

const NOW = 1_800_000_000_000;
const TIME = { timeUnixNano: `${NOW}000000` };
const CUMULATIVE = 2;

const text = (key: string, value: string) => ({ key, value: { stringValue: value } });
const gauge = (name: string, value: number | string, more: Json = {}) => ({
  name,
  gauge: { dataPoints: [{ ...TIME, asDouble: value, ...more }] },
});

/** The metrics of one resource and scope. */
function part(metrics: Json[], resource: Json[] = [text("service.name", "a")], scope: Json = {}) {
  return {
    resource: { attributes: resource },
    scopeMetrics: [{ scope: { name: "s", ...scope }, metrics }],
  };
}

/** Answers paths from the given metrics, at a fixed time. */
async function apiOver(...resourceMetrics: Json[]) {
  const store = new StoreEngine({ maxTraces: 1, maxBytes: 2 ** 24 });
  const json = new TextEncoder().encode(JSON.stringify({ resourceMetrics }));
  await store.add([{ signal: "metrics", bytes: jsonToProtobuf("metrics", json).body }]);
  const samples = new SampleReader(store.columns);
  const api = createPrometheusApi({
    store: {
      metrics: () => store.metrics(),
      samples: (name: string, period: PointPeriod) => samples.read(name, period),
      metricJson: (name: string) => store.metricJson(name),
    },
    stats: () => Promise.resolve(collectorStats()),
    now: () => NOW,
  });
  return async (path: string): Promise<Json> => (await api.request(`/api/v1/${path}`)).json();
}

const query = (text: string, time = NOW) =>
  `query?query=${encodeURIComponent(text)}&time=${time / 1000}`;

/** The value of each series, by its labels, one per line. */
function seriesOf({ data }: Json): Record<string, string> {
  return Object.fromEntries(data.result.map(({ metric, value }: Json) => [
    Object.entries(metric).filter(([name]) => name !== "__name__")
      .map(([name, value]) => `${name}=${value}`).sort().join(" "),
    value[1],
  ]));
}

Deno.test("job has the namespace, and instance the instance's id", async () => {
  const resource = [
    text("service.name", "a"),
    text("service.namespace", "n1"),
    text("service.instance.id", "i"),
    text("host.name", "h"),
  ];
  const ask = await apiOver(part([gauge("x", 5)], resource), part([gauge("x", 7)]));
  assertEquals(seriesOf(await ask(query("x"))), {
    "instance=i job=n1/a otel_scope_name=s": "5",
    "job=a otel_scope_name=s": "7",
  });
  assertEquals(seriesOf(await ask(query("target_info"))), {
    "host_name=h instance=i job=n1/a": "1",
    "job=a": "1",
  });
});

Deno.test("series are distinguished by scope name, version, schema, and attributes", async () => {
  const ask = await apiOver(
    part([gauge("x", 1)], undefined, { version: "1", attributes: [text("k.l", "1")] }),
    part([gauge("x", 2)], undefined, { version: "2", attributes: [text("name", "no")] }),
  );
  assertEquals(seriesOf(await ask(query("x"))), {
    "job=a otel_scope_k_l=1 otel_scope_name=s otel_scope_version=1": "1",
    "job=a otel_scope_name=s otel_scope_version=2": "2",
  });
});

Deno.test("attributes that map to the same label are joined in the order of their keys", async () => {
  const ask = await apiOver(
    part([gauge("x", 1, { attributes: [text("a_b", "2"), text("a.b", "1")] })]),
  );
  assertEquals(seriesOf(await ask(query("x"))), { "a_b=1;2 job=a otel_scope_name=s": "1" });
});

Deno.test("units, monotonicity and temporality name a series for itself", async () => {
  const sum = (isMonotonic: boolean, aggregationTemporality: number, asDouble: number) => ({
    name: "calls",
    sum: { aggregationTemporality, isMonotonic, dataPoints: [{ ...TIME, asDouble }] },
  });
  const ask = await apiOver(
    part([sum(true, CUMULATIVE, 5), sum(false, CUMULATIVE, 6), sum(true, 1, 7)]),
    part([{ ...gauge("lat", 1), unit: "ms" }, { ...gauge("lat", 2), unit: "s" }]),
  );
  const names = await ask("label/__name__/values?match[]=" + encodeURIComponent('{job="a"}'));
  assertEquals(names.data, [
    "calls",
    "calls_total",
    "lat_milliseconds",
    "lat_seconds",
    "target_info",
  ]);
  assertEquals(Object.values(seriesOf(await ask(query("calls_total")))), ["5"]);
  const { data } = await ask("metadata?metric=calls_total");
  assertEquals(data, { calls_total: [{ type: "counter", help: "", unit: "" }] });
  const own = (await ask("metadata")).data.otelcol_receiver_accepted_spans;
  assertEquals(own.map(({ type }: Json) => type), ["counter"]);
});

Deno.test("series that Prometheus could not tell apart are all there, and a warning says so", async () => {
  const host = (name: string) => [text("service.name", "a"), text("host.name", name)];
  const twins: [what: string, Json[]][] = [
    ["resources", [part([gauge("x", 1)], host("1")), part([gauge("x", 2)], host("2"))]],
    ["names", [part([gauge("x", 1), gauge("x.", 2)])]],
    ["kinds of attributes", [
      part([
        gauge("x", 1, { attributes: [text("k", "1")] }),
        gauge("x", 2, { attributes: [{ key: "k", value: { intValue: "1" } }] }),
      ]),
    ]],
  ];
  for (const [what, parts] of twins) {
    const { data, warnings } = await (await apiOver(...parts))(query("x"));
    const values = data.result.map(({ value }: { value: [number, string] }) => value[1]);
    assertEquals(values.sort(), ["1", "2"], what);
    assertStringIncludes(warnings.join(), "series with the same labels", what);
  }
});

Deno.test("a query for another name of a metric has a warning with its names", async () => {
  const exponentialHistogram = {
    aggregationTemporality: CUMULATIVE,
    dataPoints: [{ ...TIME, count: "1", sum: 1, positive: { bucketCounts: ["1"] } }],
  };
  const ask = await apiOver(
    part([{ name: "queue.size", unit: "By", exponentialHistogram }, gauge("same", 1)]),
  );
  const names = "queue_size_bytes_bucket, queue_size_bytes_count, queue_size_bytes_sum";
  for (const name of ["queue.size", "queue_size_bytes"]) {
    const { data, warnings } = await ask(query(`sum(rate({"${name}"}[5m]))`));
    assertEquals([data.result, warnings], [[], [
      `no series is named "${name}": in PromQL, the names of this metric are ${names}`,
    ]]);
  }
  for (const name of ["same", "queue_size_bytes_count", "none"]) {
    assertEquals((await ask(query(name))).warnings, undefined);
  }
});

Deno.test("a query's limit, timeout and lookback are respected or refused", async () => {
  const ask = await apiOver(part([gauge("x", 1), gauge("y", 2)]));
  const both = query('{__name__=~"x|y"}');
  assertEquals((await ask(`${both}&limit=1`)).data.result.length, 1);
  assertEquals((await ask(`${both}&limit=1`)).warnings, ["results truncated due to limit"]);
  assertEquals((await ask(`${both}&limit=2&timeout=5s`)).warnings, undefined);
  const range = `query_range?${both.slice("query?".length)}&start=${NOW / 1000}&end=${NOW / 1000}`;
  assertEquals((await ask(`${range}&step=1&limit=1`)).data.result.length, 1);
  for (const wrong of ["limit=x", "limit=-1", "timeout=x", "lookback_delta=1m"]) {
    assertEquals((await ask(`${both}&${wrong}`)).errorType, "bad_data", wrong);
    assertEquals((await ask(`${range}&step=1&${wrong}`)).errorType, "bad_data", wrong);
  }
  for (const path of ["labels", "label/__name__/values", 'series?match[]={job="a"}']) {
    const { data, warnings } = await ask(`${path}${path.includes("?") ? "&" : "?"}limit=1`);
    assertEquals([data.length, warnings], [1, ["results truncated due to limit"]], path);
  }
  assertEquals((await ask("labels?limit=x")).errorType, "bad_data");
  assertEquals((await ask("metadata?limit_per_metric=1")).status, "success");
});

Deno.test("bounds are canonical, and the last bucket is infinite", async () => {
  const dataPoints = [{
    ...TIME,
    count: "6",
    sum: 3,
    explicitBounds: [0, 0.00001, 1, 2.5, 1e6],
    bucketCounts: ["1", "1", "1", "1", "1", "1"],
  }];
  const ask = await apiOver(
    part([{ name: "h", histogram: { aggregationTemporality: CUMULATIVE, dataPoints } }]),
  );
  const { data } = await ask("label/le/values");
  assertEquals(data, ["+Inf", "0.0", "1.0", "1e+06", "1e-05", "2.5"]);
});

Deno.test("the buckets of exponential histograms can be added, and both of their ends are bounds", async () => {
  const point = (
    name: string,
    { scale, offset, counts }: { scale: number; offset: number; counts: number[] },
  ) => ({
    ...TIME,
    attributes: [text("name", name)],
    count: String(counts.reduce((a, b) => a + b)),
    sum: 1,
    scale,
    zeroThreshold: 0.5,
    positive: { offset, bucketCounts: counts.map(String) },
  });
  const exponentialHistogram = {
    aggregationTemporality: CUMULATIVE,
    dataPoints: [
      point("fine", { scale: 1, offset: 0, counts: [1, 2] }),
      point("coarse", { scale: 0, offset: 3, counts: [4] }),
    ],
  };
  const ask = await apiOver(part([{ name: "e", exponentialHistogram }]));
  assertEquals(seriesOf(await ask(query("sum by (le) (e_bucket)"))), {
    "le=0.5": "0",
    "le=1.0": "0",
    "le=2.0": "3",
    "le=8.0": "3",
    "le=16.0": "7",
    "le=+Inf": "7",
  });
  assertEquals(seriesOf(await ask(query('histogram_quantile(0.5, e_bucket{name="coarse"})'))), {
    "job=a name=coarse otel_scope_name=s": "12",
  });
  const wide = Array.from({ length: 1000 }, () => 1);
  const many = await apiOver(part([{
    name: "e",
    exponentialHistogram: {
      aggregationTemporality: CUMULATIVE,
      dataPoints: [point("wide", { scale: 6, offset: -500, counts: wide })],
    },
  }]));
  const { data } = await many("label/le/values");
  assertEquals(data.length < 200, true, `${data.length} bounds`);
});

Deno.test("a sample counts for five minutes, or until its series ends", async () => {
  const end = { timeUnixNano: `${NOW + 1000}000000`, flags: 1 };
  const dataPoints = [{ ...TIME, asDouble: 5 }, end];
  const ask = await apiOver(
    part([
      { name: "ended", gauge: { dataPoints } },
      gauge("kept", "NaN"),
      gauge("endless", "Infinity"),
    ]),
  );
  const valuesAt = async (name: string, time: number) =>
    Object.values(seriesOf(await ask(query(name, time))));
  assertEquals(await valuesAt("ended", NOW + 999), ["5"]);
  assertEquals(await valuesAt("ended", NOW + 1000), []);
  assertEquals(await valuesAt("kept", NOW - 1), []);
  assertEquals(await valuesAt("kept", NOW + 299_999), ["NaN"]);
  assertEquals(await valuesAt("kept", NOW + 300_000), []);
  assertEquals(await valuesAt("endless", NOW), ["+Inf"]);
});

Deno.test("a sample has the whole milliseconds of its point's time", async () => {
  const millis = Array.from({ length: 16 }, (_, i) => NOW - 15 + i);
  const points = (point: Json) =>
    millis.map((time, i) => ({ ...point, timeUnixNano: `${time}${i % 2 ? "000000" : "999999"}` }));
  const ask = await apiOver(part([
    { name: "g", gauge: { dataPoints: points({ asDouble: 1 }) } },
    {
      name: "h",
      histogram: {
        aggregationTemporality: CUMULATIVE,
        dataPoints: points({ count: "1", bucketCounts: ["1"] }).map((point) => ({
          ...point,
          exemplars: [{ asDouble: 1, timeUnixNano: point.timeUnixNano }],
        })),
      },
    },
  ]));
  const expected = millis.map((time) => time / 1000);
  for (const name of ["g", "h_count"]) {
    const { data } = await ask(query(`${name}[1m]`));
    assertEquals(data.result[0].values.map(([time]: [number, string]) => time), expected, name);
  }
  const { data: [{ exemplars }] } = await ask("query_exemplars?query=h_bucket");
  assertEquals(exemplars.map(({ timestamp }: Json) => timestamp), expected);
});

/** Requests of Grafana's Prometheus data source: health check, editor, and panels. */
const GRAFANA = [
  "query?query=1%2B1&time=1800000000",
  "status/buildinfo",
  "labels?start=1799999000&end=1800000000",
  "label/__name__/values?start=1799999000&end=1800000000",
  "label/job/values?match[]=x&start=1799999000&end=1800000000",
  "series?match[]=x&start=1799999000&end=1800000000",
  "metadata",
  "rules",
  "alerts",
  "query_exemplars?query=x&start=1799999000&end=1800000000",
  "query_range?query=sum(rate(x%5B1m0s%5D))&start=1799999000&end=1800000000&step=15",
];

Deno.test("the requests of Grafana's data source are answered", async () => {
  const ask = await apiOver(part([gauge("x", 5)]));
  for (const path of GRAFANA) assertEquals((await ask(path)).status, "success", path);
});

Deno.test("query_exemplars returns exemplars of the bucket or the counter that they belong to", async () => {
  const [traceId, spanId] = ["4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"];
  const exemplar = { traceId, spanId, timeUnixNano: `${NOW}500000` };
  const sum = {
    aggregationTemporality: CUMULATIVE,
    isMonotonic: true,
    dataPoints: [{
      ...TIME,
      asInt: "1",
      exemplars: [
        { ...exemplar, asInt: "3", filteredAttributes: [text("user.id", "7")] },
        exemplar,
      ],
    }],
  };
  const histogram = {
    aggregationTemporality: CUMULATIVE,
    dataPoints: [{
      ...TIME,
      count: "2",
      sum: 3,
      explicitBounds: [1, 2],
      bucketCounts: ["1", "0", "1"],
      exemplars: [{ ...exemplar, asDouble: 0.5 }, { ...exemplar, asDouble: 9 }],
    }],
  };
  const ask = await apiOver(part([{ name: "c", sum }, { name: "h", histogram }]));
  const found = async (query: string) => {
    const { data } = await ask(`query_exemplars?query=${encodeURIComponent(query)}`);
    return data;
  };
  const own = { job: "a", otel_scope_name: "s" };
  const labels = { trace_id: traceId, span_id: spanId };
  const timestamp = NOW / 1000;
  assertEquals(await found("rate(c_total[5m])"), [{
    seriesLabels: { ...own, __name__: "c_total" },
    exemplars: [{ labels: { ...labels, user_id: "7" }, value: "3", timestamp }],
  }]);
  const bucket = (le: string, value: string) => ({
    seriesLabels: { ...own, __name__: "h_bucket", le },
    exemplars: [{ labels, value, timestamp }],
  });
  const all = 'histogram_quantile(0.9, sum by (le) (rate(h_bucket{job="a"}[5m])))';
  assertEquals(await found(all), [bucket("1.0", "0.5"), bucket("+Inf", "9")]);
  assertEquals(await found('h_bucket{le="1.0"}'), [bucket("1.0", "0.5")]);
  assertEquals(await found('h_bucket{job="b"}'), []);
  const early = await ask(`query_exemplars?query=c_total&end=${timestamp - 1}`);
  assertEquals(early.data, []);
  assertEquals((await ask("query_exemplars?query=c_total%2B")).errorType, "bad_data");
});
