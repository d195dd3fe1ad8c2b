/**
 * Measures how long metric queries take over 5,000 series of a counter in memory: PromQL, and what the page asks
 * for. The figures are medians of time and means of CPU, in milliseconds, over both threads.
 *
 * deno task bench:metrics [--rounds N] [--points N]
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

const { rounds, points } = parseArgs(Deno.args, {
  string: ["rounds", "points"],
  default: { rounds: "15", points: "10" },
});
status(`Storing ${SERVICES * SERIES_PER_SERVICE} series of ${points} points …`);
await using store = await openStore({ maxTraces: 1_000, maxBytes: 2 ** 28 });
for (let point = 0; point < Number(points); point++) {
  await store.add("metrics", encodeRequest(point));
}
const now = START + (Number(points) - 1) * INTERVAL_MS + 1_000;
const sources = { store, stats: () => Promise.resolve(collectorStats()) };
const instant = (query: string) => () => runInstantQuery(sources, { query, time: now, now });
const steps = { start: now - 300_000, step: 10_000, count: 31 };
const range = (query: string) => () => runRangeQuery(sources, { query, steps, end: now, now });

const rows = [["query", "ms", "ms of CPU"]];
for (
  const [name, ask] of [
    ["requests_total", instant("requests_total")],
    ["sum(requests_total)", instant("sum(requests_total)")],
    ["sum by (job) (rate(…[1m]))", instant("sum by (job) (rate(requests_total[1m]))")],
    ["the same, 31 steps", range("sum by (job) (rate(requests_total[1m]))")],
    ["one route, 31 steps", range('rate(requests_total{http_route="/items/1"}[1m])')],
    ["all points, for the page", () => store.metricJson("requests")],
  ] as const
) rows.push([name, ...await measured(ask)]);
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
  const dataPoints = Array.from({ length: SERIES_PER_SERVICE }, (_, index) => ({
    startTimeUnixNano: `${START}000000`,
    timeUnixNano: `${START + point * INTERVAL_MS}000000`,
    asInt: String(point * index),
    attributes: [
      text("http.route", `/items/${index}`),
      text("http.request.method", "GET"),
      { key: "http.response.status_code", value: { intValue: "200" } },
    ],
  }));
  const sum = { aggregationTemporality: 2, isMonotonic: true, dataPoints };
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
        metrics: [{ name: "requests", unit: "{request}", sum }],
      }],
    })),
  });
}

function text(key: string, stringValue: string): KeyValue {
  return { key, value: { stringValue } };
}
