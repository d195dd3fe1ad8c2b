/**
 * Measures how long metric queries take over 5,000 series in memory, of a counter or of a histogram's buckets:
 * PromQL, and what the page asks for. The figures are medians of time and means of CPU, in milliseconds, over both
 * threads.
 *
 * deno task bench:metrics [--rounds N] [--points N] [--histograms N_PER_SERVICE] [QUERY ...]
 */
import { parseArgs } from "@std/cli/parse-args";
import { runInstantQuery, runRangeQuery } from "../lib/collector/prometheus/run_query.ts";
import { openStore } from "../lib/collector/store/worker/open_store.ts";
import { encodeMessage } from "../lib/otlp/encode.ts";
import type { KeyValue } from "../lib/otlp/json.ts";
import { collectorStats } from "../tests/collector/prometheus/collector_stats.ts";
import { median } from "./median.ts";
import { cpuMicros } from "./process.ts";
import { printTable, status } from "./report.ts";

const SERVICES = 5;
const SERIES_PER_SERVICE = 1_000;
const START = 1_700_000_000_000;
const INTERVAL_MS = 15_000;
const HISTOGRAM = "request.duration";

/** Ten buckets for each histogram. */
const BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

const { rounds, points, histograms, _ } = parseArgs(Deno.args, {
  string: ["rounds", "points", "histograms"],
  default: { rounds: "15", points: "10", histograms: "100" },
});
status(`Storing series of ${points} points …`);
await using store = await openStore({ maxTraces: 1_000, maxBytes: 2 ** 28 });
for (let point = 0; point < Number(points); point++) {
  await store.add("metrics", encodeRequest(point));
}
const now = START + (Number(points) - 1) * INTERVAL_MS + 1_000;
const sources = { store, stats: () => Promise.resolve(collectorStats()) };
const instant = (query: string) => () => runInstantQuery(sources, { query, time: now, now });
const steps = { start: now - 300_000, step: 10_000, count: 31 };
const range = (query: string) => () => runRangeQuery(sources, { query, steps, end: now, now });

const RATE = "rate(requests_total[1m])";
const BUCKETS = "request_duration_seconds_bucket";
const QUERIES = [
  ...[
    "requests_total",
    "sum(requests_total)",
    `sum by (job) (${RATE})`,
    `sum by (http_route) (${RATE})`,
    "topk(10, requests_total)",
    "requests_total / requests_total",
    "sort_desc(requests_total > 100)",
    'label_replace(requests_total, "item", "$1", "http_route", "/items/(.*)")',
    '{__name__=~"requests.*"}',
    'requests_total{http_route=~"/items/1.*"}',
    `histogram_quantile(0.95, ${BUCKETS})`,
    `histogram_quantile(0.95, sum by (le, job) (rate(${BUCKETS}[1m])))`,
  ].map((query) => [query, instant(query)] as const),
  ...[
    `sum by (job) (${RATE})`,
    'rate(requests_total{http_route="/items/1"}[1m])',
    `histogram_quantile(0.95, sum by (le, job) (rate(${BUCKETS}[1m])))`,
  ].map((query) => [`31 steps: ${query}`, range(query)] as const),
  ["all points of the counter, for the page", () => store.metricJson("requests")] as const,
  ["all points of the histograms, for the page", () => store.metricJson(HISTOGRAM)] as const,
];

const rows = [["query", "ms", "ms of CPU"]];
const asked = _.length > 0
  ? _.map((query) => [String(query), instant(String(query))] as const)
  : QUERIES;
for (const [name, ask] of asked) {
  status(name);
  rows.push([name, ...await measured(ask)]);
}
printTable(rows);

/** Medians of time and CPU, in milliseconds; the first rounds don't count. */
async function measured(ask: () => Promise<unknown>): Promise<string[]> {
  for (let round = 0; round < 3; round++) await ask();
  const times: number[] = [];
  const cpu = cpuMicros(Deno.pid);
  for (let round = 0; round < Number(rounds); round++) {
    const start = performance.now();
    await ask();
    times.push(performance.now() - start);
  }
  // The clock of CPU time is too coarse for one round.
  const cpuMillis = (cpuMicros(Deno.pid) - cpu) / 1000 / Number(rounds);
  return [median(times).toFixed(0), cpuMillis.toFixed(0)];
}

function encodeRequest(point: number): Uint8Array<ArrayBuffer> {
  const times = {
    startTimeUnixNano: `${START}000000`,
    timeUnixNano: `${START + point * INTERVAL_MS}000000`,
  };
  const attributesOf = (index: number) => [
    text("http.route", `/items/${index}`),
    text("http.request.method", "GET"),
    { key: "http.response.status_code", value: { intValue: "200" } },
  ];
  const counters = Array.from({ length: SERIES_PER_SERVICE }, (_, index) => ({
    ...times,
    asInt: String(point * index),
    attributes: attributesOf(index),
  }));
  const durations = Array.from({ length: Number(histograms) }, (_, index) => ({
    ...times,
    count: String(10 * point),
    sum: 0.5 * point * index,
    explicitBounds: BOUNDS,
    bucketCounts: Array.from({ length: BOUNDS.length + 1 }, () => String(point)),
    attributes: attributesOf(index),
  }));
  return encodeMessage("MetricsData", {
    resourceMetrics: Array.from({ length: SERVICES }, (_, service) => ({
      resource: {
        attributes: [
          text("service.name", `shop-${service}`),
          text("service.instance.id", `instance-${service}`),
        ],
      },
      scopeMetrics: [{
        scope: { name: "bench" },
        metrics: [
          {
            name: "requests",
            unit: "{request}",
            sum: { aggregationTemporality: 2, isMonotonic: true, dataPoints: counters },
          },
          {
            name: HISTOGRAM,
            unit: "s",
            histogram: { aggregationTemporality: 2, dataPoints: durations },
          },
        ],
      }],
    })),
  });
}

function text(key: string, stringValue: string): KeyValue {
  return { key, value: { stringValue } };
}
