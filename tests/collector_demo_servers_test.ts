import { assert } from "@std/assert";
import { withFolder } from "./helpers/folder.ts";
import { type Need, testIf } from "./helpers/needs.ts";
import { eventually, type Json } from "./helpers/poll.ts";
import { freePort } from "./helpers/ports.ts";
import {
  demoFile,
  needsServers,
  type Server,
  startCollector,
  startJaeger,
  startPrometheus,
  startZipkin,
  waitForMetric,
} from "./helpers/servers.ts";
import { makeTraces, sendTraces, type SentTrace, SPANS_PER_TRACE } from "./helpers/traces.ts";

const NEEDS: readonly Need[] = ["net", "env", "read", "write", "run"];

testIf(
  needsServers("collector", "prometheus"),
  NEEDS,
  "Prometheus has rate, errors, and duration from traces alone",
  async () => {
    await withFolder(async (folder) => {
      const config = demoFile("otel-collector-config.red.yaml");
      const often = { connectors: { span_metrics: { metrics_flush_interval: "2s" } } };
      const overrides = { ...nobodyElse(), ...often };
      await using collector = await startCollector({ config, overrides });
      await using prometheus = await startPrometheus(folder, [
        `127.0.0.1:${collector.ports.apps}`,
      ]);
      const ask = `http://127.0.0.1:${prometheus.ports.query}/api/v1`;
      // Prometheus takes seconds to start scraping, by which time an exemplar is gone.
      await eventually(
        `${ask}/query?query=up`,
        ({ data }: Json) => data.result[0]?.value[1] === "1",
      );
      const traces = await makeTraces(100);
      await sendTraces(otlp(collector), traces);

      const server = 'service_name="shop",span_kind="SPAN_KIND_SERVER",http_route="/items"';
      const values = {
        [`sum(traces_span_metrics_calls_total{${server}})`]: 100,
        [`sum(traces_span_metrics_calls_total{${server},status_code="STATUS_CODE_ERROR"})`]: 5,
        [`sum(traces_span_metrics_calls_total{${server},http_response_status_code="500"})`]: 5,
        [`sum(traces_span_metrics_duration_seconds_count{${server}})`]: 100,
        // Five out of a hundred take 900 ms.
        [`sum(traces_span_metrics_duration_seconds_bucket{${server},le="0.75"})`]: 95,
        [`sum(traces_span_metrics_duration_seconds_bucket{${server},le="1.0"})`]: 100,
        // The Collector adds the tutorial's label to everything that it exports.
        [`sum(traces_span_metrics_calls_total{${server},label1="value1"})`]: 100,
      };
      for (const [query, expected] of Object.entries(values)) {
        await eventually(
          `${ask}/query?query=${encodeURIComponent(query)}`,
          ({ data }: Json) => Number(data.result[0]?.value[1]) === expected,
        );
      }

      const { data } = await eventually(
        `${ask}/query_exemplars?query=traces_span_metrics_duration_seconds_bucket`,
        ({ data }: Json) => data.length > 0,
      );
      const traceId = data[0].exemplars[0].labels.trace_id;
      assert(traces.some((trace) => trace.traceId === traceId), traceId);
    });
  },
);

testIf(
  needsServers("collector", "jaeger", "zipkin"),
  NEEDS,
  "data for Jaeger and Zipkin sent while they were stopped arrives once they are back",
  async () => {
    await withFolder(async (folder) => {
      await using jaeger = await startJaeger(folder);
      await using zipkin = await startZipkin();
      const api = `http://127.0.0.1:${zipkin.ports.query}/api/v2`;
      await using collector = await startCollector({
        config: demoFile("otel-collector-config.yaml"),
        env: { JAEGER_OTLP_ENDPOINT: `127.0.0.1:${jaeger.ports.grpc}` },
        overrides: { exporters: { zipkin: { endpoint: `${api}/spans` } } },
      });
      const inJaeger = `http://127.0.0.1:${jaeger.ports.query}/api/v3/traces`;
      const [before, during] = [await makeTraces(20), (await makeTraces(40)).slice(20)];
      await sendTraces(otlp(collector), before);
      await allIn(inJaeger, before, ({ result }) => spansIn(result.resourceSpans));
      await allIn(`${api}/trace`, before, (spans) => spans.length);

      await Promise.all([jaeger.stop(), zipkin.stop()]);
      await sendTraces(otlp(collector), during);
      // Both queues: pending data is in memory.
      await waitForMetric(collector, "otelcol_exporter_queue_size", (batches) => batches >= 2);
      await using _jaeger = await startJaeger(folder, jaeger.ports);
      await using _zipkin = await startZipkin(zipkin.ports.query);
      await allIn(inJaeger, during, ({ result }) => spansIn(result.resourceSpans));
      await allIn(`${api}/trace`, during, (spans) => spans.length);
    });
  },
);

testIf(
  needsServers("collector", "jaeger"),
  NEEDS,
  "Jaeger keeps receiving while Zipkin is stopped",
  async () => {
    await withFolder(async (folder) => {
      await using jaeger = await startJaeger(folder);
      await using collector = await startCollector({
        config: demoFile("otel-collector-config.yaml"),
        env: { JAEGER_OTLP_ENDPOINT: `127.0.0.1:${jaeger.ports.grpc}` },
        overrides: nobodyElse(),
      });
      const traces = await makeTraces(20);
      await sendTraces(otlp(collector), traces);
      const url = `http://127.0.0.1:${jaeger.ports.query}/api/v3/traces`;
      await allIn(url, traces, ({ result }) => spansIn(result.resourceSpans));
      const health = `http://127.0.0.1:${collector.ports.health_check}`;
      await eventually(health, ({ status }) => status === "Server available");
    });
  },
);

async function allIn(url: string, traces: SentTrace[], count: (body: Json) => number) {
  for (const { traceId } of traces) {
    await eventually(`${url}/${traceId}`, (body) => count(body) === SPANS_PER_TRACE);
  }
}

function spansIn(resourceSpans: Json[]): number {
  return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans)
    .reduce((sum, { spans }) => sum + spans.length, 0);
}

/** Sends Zipkin's data to a port on which nothing listens. */
function nobodyElse(): Json {
  return { exporters: { zipkin: { endpoint: `http://127.0.0.1:${freePort()}/api/v2/spans` } } };
}

function otlp({ ports }: Server): string {
  return `http://127.0.0.1:${ports.http}`;
}
