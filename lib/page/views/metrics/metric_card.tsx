import type { MetricData, MetricSummary } from "../../../collector/model.ts";
import { fetchMetric } from "../../api.ts";
import { Service } from "../../components/service_mark.tsx";
import { unitName } from "../../format/number.ts";
import { useLoaded } from "../../state/loaded.ts";
import { boundsOf, type TimeRange } from "../../state/time_range.ts";
import { Chart } from "./chart.tsx";
import { type ChartData, chartData, emptyReason, splitByKind } from "./chart_data.ts";
import { useMemo } from "preact/hooks";

const CHART_HEIGHT = 140;

const TYPES: Record<MetricSummary["type"], string> = {
  gauge: "gauge",
  sum: "sum",
  histogram: "histogram",
  exponentialHistogram: "exponential histogram",
  summary: "summary",
};

/** A summary of a metric: what it is, and its chart. */
export function MetricCard({ metric, range }: { metric: MetricSummary; range: TimeRange }) {
  const { name, description, lastTimeUnixNano } = metric;
  const loaded = useLoaded(`${name} ${lastTimeUnixNano}`, (signal) => fetchMetric(name, signal));
  const kind = describe(metric);
  const shown = useMemo(() => {
    const parts = loaded.data && splitByKind(loaded.data);
    return parts?.find((part) => describe(part) === kind) ?? parts?.at(-1);
  }, [loaded.data, kind]);
  const data = useChartData(shown, { range });
  return (
    <article class="card">
      <h2>
        <a href={metricHref(name)}>{name}</a>
      </h2>
      <p class="soft">
        {shown ? describe(shown) : kind}
        {metric.kinds.length > 1 && (
          <>
            ; <a href={metricHref(name)}>one of {metric.kinds.length} kinds</a>
          </>
        )}
      </p>
      {description && <p>{description}</p>}
      {data && shown
        ? data.times.length > 0
          ? <Chart data={data} heightPixels={CHART_HEIGHT} label={`${name} over time`} />
          : <p class="soft">{emptyReason(shown, boundsOf(range, Date.now()))}</p>
        : <div class="chart" style={{ height: `${CHART_HEIGHT}px` }} />}
      <p class="services">
        {metric.serviceNames.map((name) => <Service key={name} name={name} />)}
      </p>
    </article>
  );
}

/** The chart of a metric, computed once per response; a range of the last minutes ends then. */
export function useChartData(
  metric: MetricData | undefined,
  { groupBy, range }: { groupBy?: string; range: TimeRange },
): ChartData | undefined {
  return useMemo(
    () =>
      metric && chartData(metric, {
        ...groupBy !== undefined && { groupBy },
        range: boundsOf(range, Date.now()),
      }),
    [metric, groupBy, JSON.stringify(range)],
  );
}

/** Type, unit and temporality in words. */
export function describe(metric: MetricSummary): string {
  const { type, unit, aggregationTemporality, isMonotonic } = metric;
  return [
    type === "sum" && isMonotonic ? "counter" : TYPES[type],
    unitName(unit) && `in ${unitName(unit)}`,
    ["", "delta", "cumulative"][aggregationTemporality],
  ].filter(Boolean).join(", ");
}

/** The URL of a single metric. */
export function metricHref(name: string): string {
  return `/metrics/${encodeURIComponent(name)}`;
}
