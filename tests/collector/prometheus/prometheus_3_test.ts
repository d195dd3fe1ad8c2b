import { assertEquals } from "@std/assert";
import { createPrometheusApi } from "../../../lib/collector/prometheus/api.ts";
import { SampleReader } from "../../../lib/collector/store/query/sample_reader.ts";
import type { PointPeriod } from "../../../lib/collector/store/store.ts";
import { StoreEngine } from "../../../lib/collector/store/worker/store_engine.ts";
import { jsonToProtobuf } from "../../../lib/otlp/json_request.ts";
import { withFolder } from "../../helpers/folder.ts";
import { testIf } from "../../helpers/needs.ts";
import { needsServers, SERVERS, startPrometheus } from "../../helpers/servers.ts";
import { compareQueries, sorted } from "./compare_answers.ts";
import { collectorStats } from "./collector_stats.ts";
import { edgeMetrics } from "./edge_metrics.ts";
import { EDGE_QUERIES, HISTOGRAM_QUERIES, WRONG_QUERIES } from "./edge_queries.ts";
import { oddMetrics } from "./odd_metrics.ts";
import { redMetrics } from "./red_metrics.ts";

const D = "http_server_request_duration_seconds";

/**
 * Queries whose answers depend on what Prometheus 3 changed, on how its OTLP receiver names series, or that
 * dashboards for OpenTelemetry ask; `#` stands for the name of the duration metric.
 */
const QUERIES = [
  // Names and labels.
  "#_count",
  '#_bucket{le="0.1"}',
  '#_bucket{le="+Inf", http_route="/"}',
  "count by (le) (#_bucket)",
  "count by (job, instance, otel_scope_name, otel_scope_version, otel_scope_team) (#_count)",
  "queue_size",
  "temperature_celsius",
  "latency_seconds",
  "latency_seconds_count",
  "gone",
  '{"queue_size"}',
  '{"queue_size", job="prod/shop"}',
  '{__name__=~"resource.*"}',
  '{__name__=~"attributes.*"}',
  '{__name__=~"unit.*"}',
  '{otel_scope_name="odd", __name__!~"(resource|attributes|unit).*"}',
  // Of resources that have more than an identity; the Collector's exporter writes the others, too.
  'target_info{host_name!=""}',
  'target_info{a_b!=""}',
  'target_info{x!=""}',
  // Ranges no longer include their start.
  "count_over_time(queue_size[15s])",
  "count_over_time(queue_size[30s])",
  "rate(#_count[15s])",
  "rate(#_count[30s])",
  "rate(#_count[60s])",
  "sum_over_time(queue_size[1m:15s])",
  "queue_size offset 15s",
  // RED.
  "sum(rate(#_count[5m])) by (job)",
  "sum(rate(#_count[$]))",
  'sum(rate(#_count{http_response_status_code=~"5.*"}[$])) or vector(0)',
  'sum by (http_route) (rate(#_count{http_response_status_code=~"5.."}[$])) / sum by (http_route) (rate(#_count[$]))',
  '100 * sum(rate(#_count{http_response_status_code!~"5.."}[$])) / sum(rate(#_count[$]))',
  "histogram_quantile(0.5, sum(rate(#_bucket[$])) by (le))",
  "histogram_quantile(0.9, sum(rate(#_bucket[$])) by (le, http_route))",
  "histogram_quantile(0.95, sum(rate(#_bucket[$])) by (le, job))",
  "1000 * histogram_quantile(0.99, sum(rate(#_bucket[$])) by (le))",
  "sum(rate(#_sum[$])) by (http_route) / sum(rate(#_count[$])) by (http_route)",
  '(sum(rate(#_bucket{le="0.1"}[$])) + sum(rate(#_bucket{le="0.5"}[$]))) / 2 / sum(rate(#_count[$]))',
  'sum(increase(#_bucket{le=~"0.1|0.5"}[$])) by (le)',
  "histogram_fraction(0, 0.1, sum(rate(#_bucket[$])) by (le, http_route))",
  "histogram_fraction(0.03, 0.4, sum(rate(#_bucket[$])) by (le))",
  "histogram_fraction(-1, 7, rate(#_bucket[$]))",
  "histogram_fraction(2, 1, rate(#_bucket[$]))",
  "histogram_fraction(NaN, 1, rate(#_bucket[$]))",
  "histogram_fraction(-Inf, +Inf, rate(#_bucket[$]))",
  "histogram_fraction(6, +Inf, sum(rate(#_bucket[$])) by (le, job))",
  "histogram_fraction(-2, 1, extremes_seconds_bucket)",
  "histogram_fraction(-1, 3, extremes_seconds_bucket)",
  "(histogram_fraction(0, 0.1, sum(rate(#_bucket[$])) by (le)) + histogram_fraction(0, 0.5, sum(rate(#_bucket[$])) by (le))) / 2",
  "topk(3, sum by (http_route) (rate(#_count[$])))",
  "sort_desc(sum by (http_route) (increase(#_count[$])))",
  "sum by (le) (increase(#_bucket[15s]))",
  "avg by (host_name) (queue_size * on (job, instance) group_left (host_name) target_info)",
  "count(count by (instance) (#_count))",
  "max_over_time(sum(rate(#_count[1m]))[5m:1m])",
  "clamp_max(sum(rate(#_count[$])) / sum(rate(#_count[$] offset 5m)), 2)",
].map((query) => query.replaceAll("#", D).replaceAll("$", "2m"));

testIf(
  needsServers("prometheus3"),
  ["net", "env", "read", "write", "run"],
  "the same OTLP data and queries give the same answers here and in Prometheus 3",
  async () => {
    // The last points have this time, and steps are whole intervals: ranges start at points.
    const end = Math.floor(Date.now() / 1000) - 30;
    const requests = [redMetrics, oddMetrics, edgeMetrics].map((metrics) =>
      jsonToProtobuf("metrics", new TextEncoder().encode(JSON.stringify(metrics(end * 1000)))).body
    );
    const store = new StoreEngine({ maxTraces: 1, maxBytes: 2 ** 26 });
    const samples = new SampleReader(store.columns);
    const ours = createPrometheusApi({
      store: {
        metrics: () => store.metrics(),
        samples: (name: string, period: PointPeriod) => samples.read(name, period),
        metricJson: (name: string) => store.metricJson(name),
      },
      stats: () => Promise.resolve(collectorStats()),
    });
    await withFolder(async (folder) => {
      await using prometheus = await startPrometheus(folder, [], ["--web.enable-otlp-receiver"], {
        command: SERVERS.prometheus3,
        settings: { otlp: { promote_scope_metadata: true } },
      });
      const origin = `http://127.0.0.1:${prometheus.ports.query}`;
      for (const bytes of requests) {
        const sent = await fetch(`${origin}/api/v1/otlp/v1/metrics`, {
          method: "POST",
          headers: { "content-type": "application/x-protobuf" },
          body: bytes,
        });
        assertEquals(sent.status, 200, await sent.text());
        await store.add([{ signal: "metrics", bytes }]);
      }
      const askBoth = async (path: string) => {
        const [mine, theirs] = await Promise.all([ours.request(path), fetch(`${origin}${path}`)]);
        return { mine: await mine.json(), theirs: JSON.parse(asScraped(await theirs.text())) };
      };
      const all = [...QUERIES, ...EDGE_QUERIES];
      const faults = await compareQueries(all, { end, step: "30s" }, askBoth);
      faults.push(
        ...await compareQueries(HISTOGRAM_QUERIES, { end, step: "30s" }, async (path) => {
          const [classic, native] = [
            "sum by (le) ($1_bucket)",
            "sum($1)",
          ].map((form) => {
            const url = new URL(path, origin);
            const query = url.searchParams.get("query")!;
            url.searchParams.set("query", query.replace(/#\((\w+)\)/, form));
            return url;
          });
          const [mine, theirs] = await Promise.all([ours.request(classic!), fetch(native!)]);
          return { mine: await mine.json(), theirs: await theirs.json() };
        }),
      );
      for (const query of WRONG_QUERIES) {
        const { mine, theirs } = await askBoth(
          `/api/v1/query?query=${encodeURIComponent(query)}&time=${end}`,
        );
        assertEquals([mine.status, theirs.status], ["error", "error"], query);
        if (mine.errorType !== theirs.errorType) {
          faults.push(
            `${query}\n  ${mine.errorType}: ${mine.error}\n  ${theirs.errorType}: ${theirs.error}`,
          );
        }
      }
      const range = `start=${end - 3600}&end=${end}`;
      for (
        const path of [
          `/api/v1/labels?match[]=${D}_count&${range}`,
          `/api/v1/label/otel_scope_name/values?match[]=${D}_bucket&${range}`,
          `/api/v1/label/job/values?match[]=queue_size&${range}`,
          `/api/v1/series?match[]=target_info{host_name=~".%2B"}&${range}`,
          `/api/v1/series?match[]=gone&${range}`,
        ]
      ) {
        const { mine, theirs } = await askBoth(path);
        const [own, other] = [canonical(mine.data), canonical(theirs.data)];
        if (own !== other) faults.push(`${path}\n  ${own}\n  ${other}`);
      }
      assertEquals(faults.length, 0, faults.join("\n"));
      await prometheus.stop("SIGKILL");
    });
  },
);

/** Scrapes write `le="1.0"`, as OpenMetrics and OpenTelemetry want it; the OTLP receiver writes `le="1"`. */
function asScraped(answer: string): string {
  return answer.replaceAll(/"(le|quantile)":"(-?\d+)"/g, '"$1":"$2.0"');
}

function canonical(items: (string | object)[]): string {
  const entries = (item: string | object) =>
    typeof item === "string" ? item : Object.entries(item).sort();
  return JSON.stringify(sorted(items).map(entries));
}
