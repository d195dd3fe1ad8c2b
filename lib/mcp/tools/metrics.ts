import { z } from "zod";
import type { MetricSummary } from "../../collector/model.ts";
import { quoted } from "../answer.ts";
import { pathWith } from "../ask.ts";
import { MOMENT_FORMAT, readMoment } from "../../query/moment.ts";
import { defineTool } from "../tool.ts";
import { isoTime, serviceText } from "./trace_line.ts";

/** Values of a series that are shown of a range. */
const MAX_VALUES = 30;

/** Names of metrics. */
export const listMetrics = defineTool({
  name: "list_metrics",
  title: "Metrics",
  description: "Lists the metrics that were received, with type, unit, services and description. " +
    "Use query_metrics for values.",
  input: {
    text: z.string().max(200).default("").describe("Only names that contain this, in any case"),
  },
  async run({ text }, { ask }) {
    const metrics = await ask<MetricSummary[]>("/api/kit/metrics");
    const found = metrics.filter(({ name }) => name.toLowerCase().includes(text.toLowerCase()));
    return [{ lines: found.length > 0 ? found.map(metricLine) : ["No metric matches"] }];
  },
});

/** Values of metrics. */
export const queryMetrics = defineTool({
  name: "query_metrics",
  title: "Query metrics",
  description:
    "Evaluates a PromQL expression over the received metrics, at one time or over a range. Names are " +
    "Prometheus's: http.server.request.duration is http_server_request_duration_seconds.",
  input: {
    expression: z.string().min(1).max(4_000).describe(
      "PromQL, such as histogram_quantile(0.95, sum by (le, http_route) " +
        "(rate(http_server_request_duration_seconds_bucket[5m])))",
    ),
    time: z.string().optional().describe(`When to evaluate: ${MOMENT_FORMAT}; now by default`),
    since: z.string().optional().describe("Evaluates over a range that starts at this time"),
    step_seconds: z.int().min(1).max(86_400).default(60).describe("The step of a range"),
  },
  async run({ expression, time, since, step_seconds }, { ask, now }) {
    const end = seconds(time === undefined ? String(now() * 1e6) : readMoment(time, now()));
    const path = since === undefined
      ? pathWith("/api/v1/query", { query: expression, time: end })
      : pathWith("/api/v1/query_range", {
        query: expression,
        start: seconds(readMoment(since, now())),
        end,
        step: step_seconds,
      });
    const { data: { result, resultType } } = await ask<PrometheusAnswer>(path);
    if (resultType === "scalar" || resultType === "string") {
      return [{ lines: [String((result as unknown as [number, string])[1])] }];
    }
    return [{
      lines: result.length > 0 ? result.map(seriesLine) : ["No series matches"],
      rest: "an aggregation such as sum by (...)",
    }];
  },
});

type Sample = [seconds: number, value: string];

/** @see https://prometheus.io/docs/prometheus/latest/querying/api/#expression-query-result-formats */
interface PrometheusAnswer {
  data: {
    resultType: "vector" | "matrix" | "scalar" | "string";
    result: { metric: Record<string, string>; value?: Sample; values?: Sample[] }[];
  };
}

function metricLine({ name, type, unit, serviceNames, seriesCount, description }: MetricSummary) {
  return [
    `${quoted(name)}: ${type}`,
    ...unit ? [`unit ${quoted(unit, 50)}`] : [],
    `${seriesCount} time series`,
    `of ${serviceNames.slice(0, 5).map(serviceText).join(", ")}`,
    ...description ? [quoted(description)] : [],
  ].join(", ");
}

function seriesLine({ metric, value, values }: PrometheusAnswer["data"]["result"][number]): string {
  const labels = Object.entries(metric)
    .map(([name, value]) => `${name}=${quoted(value, 100)}`).join(", ");
  if (value) return `{${labels}} ${value[1]}`;
  const shown = (values ?? []).slice(-MAX_VALUES);
  const from = isoTime(shown[0] && String(BigInt(Math.round(shown[0][0] * 1e3)) * 1_000_000n));
  return `{${labels}} from ${from}: ${shown.map(([, value]) => value).join(" ")}`;
}

function seconds(nanos: string): number {
  return Number(nanos) / 1e9;
}
