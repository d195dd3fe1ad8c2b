import { assert, assertAlmostEquals, assertEquals, assertMatch } from "@std/assert";
import type { MetricData, MetricPoint } from "../../../lib/collector/model.ts";
import { createPrometheusApi } from "../../../lib/collector/prometheus/api.ts";
import { prometheusLabel, prometheusName } from "../../../lib/collector/prometheus/names.ts";
import { ownMetrics } from "../../../lib/collector/prometheus/own_metrics.ts";
import { withFolder } from "../../helpers/folder.ts";
import { testIf } from "../../helpers/needs.ts";
import { eventually, type Json } from "../../helpers/poll.ts";
import {
  demoFile,
  needsServers,
  ownMetric,
  startCollector,
  startPrometheus,
} from "../../helpers/servers.ts";
import { type MetricSamples, POINT_STATE } from "../../../lib/collector/store/metric_forms.ts";
import { collectorStats } from "./collector_stats.ts";

const CUMULATIVE = 2;
const DELTA = 1;

Deno.test("prometheusName() adds the unit and _total once, and replaces invalid characters", () => {
  for (
    const [name, unit, type, expected] of [
      ["http.server.request.duration", "s", "histogram", "http_server_request_duration_seconds"],
      ["requests", "{request}", "sum", "requests_total"],
      ["requests_total", "", "sum", "requests_total"],
      ["read", "By", "sum", "read_bytes_total"],
      ["speed", "By/s", "gauge", "speed_bytes_per_second"],
      ["load", "1", "gauge", "load_ratio"],
      ["4xx", "1", "sum", "_4xx_total"],
      ["job:x:rate", "", "gauge", "job:x:rate"],
      ["total.requests", "", "sum", "requests_total"],
      ["total", "", "sum", "total"],
      ["network.bytes", "By/s", "gauge", "network_bytes_per_second"],
      ["rate", "By/min", "gauge", "rate_bytes_per_min"],
      ["rate", "By/m", "gauge", "rate_bytes_per_minute"],
      ["ratio.hits", "1", "gauge", "hits_ratio"],
      ["acceleration", "m/s²", "gauge", "acceleration_meters_per_s"],
      ["rate", "{request}/s", "gauge", "rate_per_second"],
      ["wait", "ms/{request}", "gauge", "wait_milliseconds"],
      ["x", "{a}By", "gauge", "x"],
      ["__a..b__", "", "gauge", "a_b"],
      ["気温", "Cel", "gauge", "気温_celsius"],
      ["注文", "", "sum", "注文_total"],
    ] as const
  ) assertEquals(prometheusName({ name, unit, type, isMonotonic: type === "sum" }), expected);
  assertEquals(prometheusLabel("http.route"), "http_route");
  assertEquals(prometheusLabel("4xx"), "key_4xx");
  assertEquals(prometheusLabel("_x"), "key_x");
  assertEquals(prometheusLabel("__reserved..x__"), "__reserved_x__");
  assertEquals(prometheusLabel("..."), "key_");
  assertEquals(prometheusLabel(""), "");
});

Deno.test("the Prometheus API rejects an invalid selector with Prometheus's JSON", async () => {
  const api = createPrometheusApi(sourceOf([]));
  const queries = ["", "sum(up", "up[5m] + 1", 'up{job="x"', 'up{job=~"("}', "x".repeat(10_001)];
  for (const query of [...queries, 'up{job=~"(a)\\\\1"}', "{", "up}"]) {
    const response = await api.request(`/api/v1/query?query=${encodeURIComponent(query)}`);
    const { status, errorType, error } = await response.json();
    assertEquals([response.status, status, errorType], [400, "error", "bad_data"], query);
    assertMatch(error, /^Cannot /);
  }
});

Deno.test("the Prometheus API leaves out delta points, which have no total", async () => {
  const [metric] = recordedMetrics();
  metric!.series[0]!.aggregationTemporality = DELTA;
  const api = createPrometheusApi(sourceOf([metric!]));
  const form = new URLSearchParams({ query: "http_server_request_duration_seconds_count" });
  const { data, warnings } =
    await (await api.request("/api/v1/query", { method: "POST", body: form })).json();
  assertEquals([data.result, warnings.length], [[], 1]);
  assertMatch(warnings[0], /^metric "http.server.request.duration" has delta points.*=cumulative$/);
});

Deno.test("a query in a form of either kind takes precedence over one in the URL", async () => {
  const api = createPrometheusApi(sourceOf([]));
  const multipart = new FormData();
  multipart.set("query", "up");
  for (const body of [new URLSearchParams({ query: "up" }), multipart]) {
    const response = await api.request("/api/v1/query?query=none", { method: "POST", body });
    const { data } = await response.json();
    assertEquals(data.result.length, 1);
  }
  const plain = await api.request("/api/v1/query?query=up", { method: "POST", body: "query=none" });
  assertEquals((await plain.json()).data.result.length, 1);
});

Deno.test("ownMetrics() counts accepted items under the Collector's names, including forwarding", () => {
  const text = ownMetrics(collectorStats());
  assertMatch(text, /^# TYPE otelcol_receiver_accepted_spans counter\notelcol_\w+_spans 7$/m);
  assertMatch(text, /^otelcol_receiver_refused_log_records 0$/m);
  assertMatch(text, /^otelkit_forward_sent_requests_total 3$/m);
  for (const name of ["accepted", "evicted", "timed_out", "refused", "lost"]) {
    assertMatch(text, new RegExp(`^otelkit_connections_${name}_total 7$`, "m"));
  }
  assertMatch(text, /^otelkit_connections 7$/m);
  assertMatch(text, /^otelkit_accept_pauses_total 7$/m);
});

const QUERIES = [
  'http_server_request_duration_seconds_count{job="shop"}',
  'http_server_request_duration_seconds_sum{job="shop",http_route="/"}',
  'http_server_request_duration_seconds_bucket{job="shop",le="0.1"}',
  'http_server_request_duration_seconds_bucket{job="shop",le="+Inf"}',
  'http_server_request_duration_seconds_count{job="nobody"}',
  'orders_bytes_total{job=~"sh.p"}',
  'workers{job="shop"}',
  'target_info{job="shop"}',
];

testIf(
  needsServers("collector", "prometheus"),
  ["net", "env", "read", "write", "run"],
  "the Prometheus API gives the same answers as a Collector and Prometheus",
  async () => {
    const api = createPrometheusApi(sourceOf(recordedMetrics()));
    await using collector = await startCollector({
      config: demoFile("otel-collector-config.yaml"),
    });
    const { http, apps } = collector.ports;
    const sent = await fetch(`http://127.0.0.1:${http}/v1/metrics`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(otlpMetrics()),
    });
    assert(sent.ok, await sent.text());
    await withFolder(async (folder) => {
      await using prometheus = await startPrometheus(folder, [`127.0.0.1:${apps}`]);
      const real = `http://127.0.0.1:${prometheus.ports.query}/api/v1/query`;
      // Prometheus uses `job` for the Collector that it scraped, and `exported_job` for the service.
      const theirQuery = (query: string) =>
        `${real}?query=${encodeURIComponent(query.replace("{job", "{exported_job"))}`;
      await eventually(theirQuery(QUERIES[0]!), ({ data }) => data.result.length > 0);
      await eventually(theirQuery('target_info{job="shop"}'), ({ data }) => data.result.length > 0);
      for (const query of QUERIES) {
        const theirs = await (await fetch(theirQuery(query))).json();
        const path = `/api/v1/query?query=${encodeURIComponent(query)}`;
        const ours = await (await api.request(path)).json();
        assertEquals(valuesOf(ours), valuesOf(theirs), query);
      }
      const accepted = await ownMetric(collector, "otelcol_receiver_accepted_metric_points");
      assertAlmostEquals(accepted, 3);
      await prometheus.stop("SIGKILL");
    });
    await collector.stop("SIGKILL");
  },
);

/** The content of an answer, without timestamps. */
function valuesOf({ status, data }: Json): unknown {
  return [
    status,
    data.resultType,
    data.result.map(({ metric, value }: Json) => [
      metric.__name__,
      metric.http_route,
      metric.le,
      value[1],
    ]),
  ];
}

/** Points of gauges and sums are columns. */
function samplesOfData({ series, ...summary }: MetricData): MetricSamples {
  return {
    summary,
    series: series.map(({ points, ...identity }) => {
      const isNumber = identity.type === "gauge" || identity.type === "sum";
      const numbers = isNumber ? points : [];
      return {
        identity,
        times: Float64Array.from(numbers, ({ timeUnixNano }) => Number(timeUnixNano) / 1e6),
        values: Float64Array.from(numbers, ({ value }) => value!),
        states: new Uint8Array(numbers.length).fill(POINT_STATE.value),
        ...!isNumber && { points },
      };
    }),
  };
}

function sourceOf(metrics: MetricData[]) {
  return {
    store: {
      metrics: () => Promise.resolve(metrics),
      samples: (name: string) => {
        const metric = metrics.find((metric) => metric.name === name);
        return Promise.resolve(metric && samplesOfData(metric));
      },
      metricJson: () => Promise.resolve(undefined),
    },
    stats: () => Promise.resolve(collectorStats()),
  };
}

const RESOURCE = [
  { key: "service.name", value: { stringValue: "shop" } },
  { key: "service.instance.id", value: { stringValue: "one" } },
];
const ROUTE = { key: "http.route", value: { stringValue: "/" } };
const HISTOGRAM = { count: 3, sum: 0.75, explicitBounds: [0.1, 1], bucketCounts: [1, 2, 0] };

function recordedMetrics(): MetricData[] {
  const metric = (
    given: Pick<MetricData, "name" | "unit" | "type" | "isMonotonic">,
    point: Partial<MetricPoint>,
  ): MetricData => ({
    description: "",
    aggregationTemporality: CUMULATIVE,
    kinds: [{ ...given, aggregationTemporality: CUMULATIVE }],
    conflicts: [],
    overlaps: [],
    serviceNames: ["shop"],
    seriesCount: 1,
    lastTimeUnixNano: "2",
    series: [{
      serviceName: "shop",
      serviceInstanceId: "one",
      resource: RESOURCE,
      scopeName: "test",
      scopeVersion: "",
      scopeSchemaUrl: "",
      scopeAttributes: [],
      aggregationTemporality: CUMULATIVE,
      ...given,
      attributes: [ROUTE],
      points: [{ timeUnixNano: `${Date.now()}000000`, ...point }],
    }],
    ...given,
  });
  return [
    metric(
      { name: "http.server.request.duration", unit: "s", type: "histogram", isMonotonic: false },
      HISTOGRAM,
    ),
    metric({ name: "orders", unit: "By", type: "sum", isMonotonic: true }, { value: 12 }),
    metric({ name: "workers", unit: "", type: "gauge", isMonotonic: false }, { value: 4 }),
  ];
}

/** The same metrics in OTLP. */
function otlpMetrics() {
  const now = Date.now();
  const point = {
    startTimeUnixNano: `${now - 1000}000000`,
    timeUnixNano: `${now}000000`,
    attributes: [ROUTE],
  };
  const aggregationTemporality = CUMULATIVE;
  const metrics = recordedMetrics().map(({ name, unit, type, isMonotonic, series }) => {
    const { value } = series[0]!.points[0]!;
    if (type === "histogram") {
      return {
        name,
        unit,
        histogram: { aggregationTemporality, dataPoints: [{ ...point, ...HISTOGRAM }] },
      };
    }
    const dataPoints = [{ ...point, asDouble: value }];
    return type === "sum"
      ? { name, unit, sum: { aggregationTemporality, isMonotonic, dataPoints } }
      : { name, unit, gauge: { dataPoints } };
  });
  return {
    resourceMetrics: [{
      resource: { attributes: RESOURCE },
      scopeMetrics: [{ scope: { name: "test" }, metrics }],
    }],
  };
}
