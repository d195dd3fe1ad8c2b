import { assert, assertEquals } from "@std/assert";
import { createPrometheusApi } from "../../../lib/collector/prometheus/api.ts";
import { samplesOf, targetsOf } from "../../../lib/collector/prometheus/metric_samples.ts";
import { SampleReader } from "../../../lib/collector/store/query/sample_reader.ts";
import type { PointPeriod } from "../../../lib/collector/store/store.ts";
import { StoreEngine } from "../../../lib/collector/store/worker/store_engine.ts";
import { jsonToProtobuf } from "../../../lib/otlp/json_request.ts";
import { withFolder } from "../../helpers/folder.ts";
import { testIf } from "../../helpers/needs.ts";
import { remoteWrite } from "../../helpers/remote_write.ts";
import { needsServers, startPrometheus } from "../../helpers/servers.ts";
import { compareQueries, sorted } from "./compare_answers.ts";
import { collectorStats } from "./collector_stats.ts";
import { redMetrics } from "./red_metrics.ts";

const ALWAYS = { from: -Infinity, to: Infinity, isNewestOnly: false };
const D = "http_server_request_duration_seconds";

/** Queries of dashboards, and other PromQL features; `#` stands for the name of the duration metric. */
const QUERIES = [
  // Selectors.
  "#_count",
  '#_count{job="prod/shop"}',
  '#_count{job!="prod/shop"}',
  '#_count{http_route=~"/(cart|pay)"}',
  '#_count{http_route!~"/c.*", job=~".+shop"}',
  '{__name__=~"queue.*"}',
  '#_bucket{le="+Inf"}',
  "#_count offset 5m",
  "#_count offset -2m",
  "gone",
  "none",
  "temperature_celsius",
  "latency_seconds",
  "target_info",
  // Ranges.
  "rate(#_count[2m])",
  "rate(#_count[1m])",
  "rate(#_sum[5m] offset 3m)",
  "irate(#_count[2m])",
  "increase(#_count[5m])",
  "delta(queue_size[3m])",
  "idelta(queue_size[3m])",
  "deriv(queue_size[5m])",
  "predict_linear(queue_size[5m], 600)",
  "changes(queue_size[5m])",
  "resets(#_count[20m])",
  "avg_over_time(queue_size[5m])",
  "sum_over_time(queue_size[5m])",
  "min_over_time(queue_size[5m])",
  "max_over_time(queue_size[5m])",
  "count_over_time(queue_size[5m])",
  "last_over_time(queue_size[5m])",
  "stddev_over_time(queue_size[5m])",
  "stdvar_over_time(queue_size[5m])",
  "quantile_over_time(0.9, queue_size[5m])",
  "present_over_time(gone[5m])",
  "absent_over_time(none[5m])",
  "max_over_time(rate(#_count[1m])[5m:30s])",
  "avg_over_time(queue_size[6m:2m] offset 1m)",
  "sum(sum_over_time(queue_size[5m:]))",
  // RED.
  "sum(rate(#_count[2m]))",
  "sum by (http_route) (rate(#_count[2m]))",
  "sum by (job, instance) (rate(#_count[2m]))",
  "sum without (instance, http_route) (rate(#_count[2m]))",
  'sum(rate(#_count{http_response_status_code=~"5.."}[2m])) / sum(rate(#_count[2m]))',
  'sum by (job) (rate(#_count{http_response_status_code="500"}[5m])) / on (job) sum by (job) (rate(#_count[5m])) * 100',
  "histogram_quantile(0.95, sum by (le) (rate(#_bucket[5m])))",
  "histogram_quantile(0.5, sum by (le, http_route) (rate(#_bucket[5m])))",
  "histogram_quantile(0.99, rate(#_bucket[5m]))",
  "histogram_quantile(1.5, rate(#_bucket[5m]))",
  "histogram_quantile(0.9, sum by (le) (rate(size_bytes_bucket[5m])))",
  "sum(rate(#_sum[5m])) / sum(rate(#_count[5m]))",
  // Aggregations.
  "avg(queue_size)",
  "min by (job) (queue_size)",
  "max without (instance) (queue_size)",
  "count(#_count)",
  "count by (http_route) (#_count)",
  "group by (job) (#_count)",
  "stddev(#_count)",
  "stdvar by (job) (#_count)",
  "topk(2, #_count)",
  "bottomk(2, sum by (http_route) (#_count))",
  "topk by (job) (1, #_count)",
  "quantile(0.5, #_count)",
  "quantile by (job) (0.9, #_count)",
  'count_values("value", round(queue_size, 5))',
  // Operators.
  "queue_size + 1",
  "2 ^ 3 ^ 2 + -1 ^ 2",
  "-queue_size % 7",
  "queue_size > 10",
  "queue_size > bool 10",
  "10 <= queue_size",
  "1 < bool 2",
  "queue_size == queue_size",
  "#_sum / #_count",
  '#_count / on (job, instance, http_route) #_count{http_response_status_code="200"}',
  '#_count{http_response_status_code="500"} / ignoring (http_response_status_code) #_count{http_response_status_code="200"}',
  "#_count * on (instance) group_left (host_name) target_info",
  "target_info * on (instance) group_right (host_name) queue_size",
  "sum by (job) (#_count) > on (job) group_right () queue_size",
  "queue_size and on (instance) temperature_celsius",
  "queue_size or temperature_celsius",
  "queue_size unless on (instance) temperature_celsius",
  "sum(gone) or vector(0)",
  "sum(queue_size) atan2 sum(temperature_celsius)",
  // Functions.
  "abs(queue_size - 20)",
  "ceil(queue_size / 3)",
  "floor(queue_size / 3)",
  "round(queue_size / 3, 0.1)",
  "clamp(queue_size, 5, 15)",
  "clamp_min(queue_size, 10)",
  "clamp_max(queue_size, 10)",
  "sqrt(queue_size)",
  "ln(queue_size)",
  "log2(queue_size)",
  "log10(queue_size)",
  "exp(queue_size / 10)",
  "sgn(queue_size - 10)",
  "scalar(sum(queue_size))",
  "vector(3)",
  "time()",
  "time() - timestamp(queue_size)",
  "timestamp(queue_size offset 1m)",
  "hour(vector(time()))",
  "day_of_week()",
  "days_in_month(vector(0))",
  'absent(none{a="b", c=~"d"})',
  "absent(queue_size)",
  "sort(queue_size)",
  "sort_desc(#_count)",
  'label_replace(queue_size, "zone", "$1-x", "job", "(.*)/.*")',
  'label_replace(queue_size, "job", "", "job", ".*")',
  'label_join(queue_size, "both", "|", "job", "instance")',
  "queue_size @ start()",
  "rate(#_count[5m] @ end())",
  "pi() * 2",
  "Inf > bool 1e3",
  "0x1f + 1e3",
].map((query) => query.replaceAll("#", D));

/** Queries that both refuse. */
const WRONG = [
  "",
  "sum(",
  "rate(queue_size)",
  "queue_size[5m] + 1",
  "queue_size + on (job) target_info",
  "no_such_function(queue_size)",
  "rate(queue_size[0s])",
  "{}",
  '{job=~".*"}',
  '"a" + 1',
  "1 == 2",
  "sum(1, queue_size)",
  'queue_size{job=~"("}',
  "label_replace(queue_size, 1)",
  "queue_size and 1",
];

testIf(
  needsServers("prometheus"),
  ["net", "env", "read", "write", "run"],
  "the same queries give the same answers here and in the real Prometheus",
  async (t) => {
    // Ranges start and end between samples, because before version 3 a range includes its start.
    const end = Math.floor(Date.now() / 1000) - 30.5;
    const store = new StoreEngine({ maxTraces: 1, maxBytes: 2 ** 26 });
    const json = new TextEncoder().encode(JSON.stringify(redMetrics(end * 1000 - 7_123)));
    const { body: bytes } = jsonToProtobuf("metrics", json);
    await store.add([{ signal: "metrics", bytes }]);
    const samples = new SampleReader(store.columns);
    const sources = {
      store: {
        metrics: () => store.metrics(),
        samples: (name: string, period: PointPeriod) => samples.read(name, period),
        metricJson: (name: string) => store.metricJson(name),
      },
      stats: () => Promise.resolve(collectorStats()),
    };
    const ours = createPrometheusApi(sources);
    await withFolder(async (folder) => {
      await using prometheus = await startPrometheus(folder, [], [
        "--web.enable-remote-write-receiver",
        "--enable-feature=promql-at-modifier,promql-negative-offset",
      ]);
      const origin = `http://127.0.0.1:${prometheus.ports.query}`;
      const names = (await store.metrics()).map(({ name }) => name);
      const metrics = await Promise.all(
        names.map(async (name) => (await samples.read(name, ALWAYS))!),
      );
      await remoteWrite(origin, [...metrics.flatMap(samplesOf), ...targetsOf(metrics)]);
      const askBoth = async (path: string) => {
        const [mine, theirs] = await Promise.all([ours.request(path), fetch(`${origin}${path}`)]);
        return { mine: await mine.json(), theirs: await theirs.json() };
      };
      const faults = await compareQueries(QUERIES, { end, step: "37s" }, askBoth);
      assertEquals(faults.length, 0, faults.join("\n"));
      for (const query of WRONG) {
        const { mine, theirs } = await askBoth(
          `/api/v1/query?query=${encodeURIComponent(query)}&time=${end}`,
        );
        assertEquals([mine.status, theirs.status], ["error", "error"], query);
        assertEquals(mine.errorType, theirs.errorType, `${query}: ${mine.error} / ${theirs.error}`);
      }
      await t.step("names, labels and series, too", async () => {
        const range = `start=${end - 3600}&end=${end}`;
        for (
          const path of [
            `/api/v1/labels?match[]=${D}_bucket&${range}`,
            `/api/v1/label/http_route/values?${range}`,
            `/api/v1/label/__name__/values?match[]={job="prod/shop"}&${range}`,
            `/api/v1/series?match[]=queue_size&match[]=gone&${range}`,
            `/api/v1/series?match[]={http_route="/pay"}&${range}`,
          ]
        ) {
          const { mine, theirs } = await askBoth(path);
          assertEquals(mine.status, "success", path);
          assertEquals(sorted(mine.data), sorted(theirs.data), path);
          assert(mine.data.length > 0, path);
        }
      });
      await prometheus.stop("SIGKILL");
    });
  },
);
