import type { MetricData, MetricPoint, MetricSeries } from "../../../collector/model.ts";
import { useMemo } from "preact/hooks";
import { ApiError, fetchMetric } from "../../api.ts";
import { Aligned } from "../../components/aligned.tsx";
import { HintList } from "../../components/hints.tsx";
import { EmptyState, ErrorState, LoadingState } from "../../components/messages.tsx";
import { ScrollX } from "../../components/scroll_x.tsx";
import { Service } from "../../components/service_mark.tsx";
import { Clock } from "../../components/time.tsx";
import { TimeRangeField } from "../../components/time_range.tsx";
import { valueText } from "../../../otlp/any_value.ts";
import { countOf, formatCount, formatValue, unitName } from "../../format/number.ts";
import { useLive } from "../../state/live.ts";
import { useLoaded } from "../../state/loaded.ts";
import { hrefWith, navigate, place, traceHref } from "../../state/place.ts";
import { boundsOf, type TimeRange, timeRangeOf } from "../../state/time_range.ts";
import { useThrottled } from "../../state/throttle.ts";
import { Chart } from "./chart.tsx";
import { distinctOrigins, groupKeys, isHistogram } from "./grouping.ts";
import { heatMap } from "./heat.ts";
import { HeatMapView } from "./heat_view.tsx";
import { emptyReason, groupInstances, type MeasuredExemplar, splitByKind } from "./chart_data.ts";
import { describe, useChartData } from "./metric_card.tsx";

const CHART_HEIGHT = 280;
const REFRESH_MS = 1000;

/** One metric: its chart, every series with its last point, and its exemplars. */
export function MetricDetail({ name }: { name: string }) {
  const loaded = useLoaded(`metric ${name}`, (signal) => fetchMetric(name, signal));
  const refresh = useThrottled(loaded.reload, REFRESH_MS);
  useLive("metrics", (names) => names.includes(name) && refresh());
  useLive("resync", loaded.reload);
  if (loaded.error instanceof ApiError && loaded.error.status === 404) {
    return (
      <EmptyState title={`There is no metric "${name}"`}>
        <a href="/metrics">All metrics</a>
      </EmptyState>
    );
  }
  if (loaded.error) {
    return (
      <ErrorState title="Cannot load the metric" error={loaded.error} onRetry={loaded.reload} />
    );
  }
  if (!loaded.data) return <LoadingState />;
  const metric = loaded.data;
  return (
    <section class="view" aria-labelledby="metric-title">
      <header class="view-head">
        <a href="/metrics">Metrics</a>
        <h1 id="metric-title">{name}</h1>
        <MetricControls metric={metric} />
        <p class="note">{describe(metric)}</p>
      </header>
      {metric.description && <p class="metric-description">{metric.description}</p>}
      <HintList hints={metric.hints} />
      <MetricKinds metric={metric} />
    </section>
  );
}

function MetricKinds({ metric }: { metric: MetricData }) {
  const parts = useMemo(() => splitByKind(metric), [metric]);
  return (
    <>
      {parts.map((part, index) => (
        <MetricKind key={index} metric={part} isOnly={parts.length === 1} />
      ))}
    </>
  );
}

/** The chart and series of one kind of a metric. */
function MetricKind({ metric, isOnly }: { metric: MetricData; isOnly: boolean }) {
  const { params } = place.value;
  const groupBy = params.get("group") ?? "";
  const range = timeRangeOf(params);
  const chart = useChartData(metric, { groupBy, range });
  if (!chart) return null;
  return (
    <>
      {!isOnly && <h2>{describe(metric)}</h2>}
      {chart.times.length === 0
        ? <p class="soft">{emptyReason(metric, boundsOf(range, Date.now()))}</p>
        : (
          <>
            <Distribution metric={metric} range={range} />
            <p class="soft">{drawnAs(metric, chart.unit)}</p>
            <Chart
              data={chart}
              heightPixels={CHART_HEIGHT}
              label={`${metric.name} over time; the table has the last values`}
            />
          </>
        )}
      <SeriesTable metric={metric} />
      <Exemplars exemplars={chart.exemplars} unit={metric.unit} />
    </>
  );
}

/** The heat map of a histogram; nothing for others. */
function Distribution({ metric, range }: { metric: MetricData; range: TimeRange }) {
  const map = useMemo(
    () => heatMap(metric, { range: boundsOf(range, Date.now()) }),
    [metric, JSON.stringify(range)],
  );
  if (!map) return null;
  return (
    <>
      <p class="soft">
        Measurements per export interval, by size: the stronger the color, the more. Diamonds are
        exemplars; a click opens their traces.
      </p>
      <HeatMapView map={map} unit={metric.unit} name={metric.name} />
    </>
  );
}

/** The time range, and what lines are grouped by; both are in the URL. */
function MetricControls({ metric }: { metric: MetricData }) {
  const keys = groupKeys(metric.series);
  return (
    <div class="filter">
      {keys.length > 0 && metric.type !== "summary" && (
        <label>
          Group by
          <select
            class="field"
            value={place.value.params.get("group") ?? ""}
            onChange={({ currentTarget: { value } }) =>
              navigate(hrefWith({ group: value }), { replace: true })}
          >
            <option value="">
              {isHistogram(metric) ? "service" : "service and attributes"}
            </option>
            {keys.map((key) => <option key={key} value={key}>{key}</option>)}
          </select>
        </label>
      )}
      <TimeRangeField />
    </div>
  );
}

function SeriesTable({ metric }: { metric: MetricData }) {
  const groups = groupInstances(metric.series);
  const firsts = groups.map(([first]) => first!);
  const texts = firsts.map(attributesText);
  const origins = distinctOrigins(
    firsts,
    firsts.map(({ serviceName }, index) => `${serviceName} ${texts[index]}`),
  );
  return (
    <ScrollX label="Series">
      <table class="table stacked series">
        <thead>
          <tr>
            <th scope="col">Service</th>
            <th scope="col">Attributes</th>
            <th scope="col" class="right">Last value</th>
            <th scope="col">At</th>
          </tr>
        </thead>
        <tbody>
          {groups.map((instances, index) => {
            const { serviceName, serviceInstanceId, points } = instances[0]!;
            const text = [texts[index], origins[index]].filter(Boolean).join(" ");
            const point = points.at(-1);
            return (
              <tr key={index}>
                <td title={serviceInstanceId}>
                  <Service name={serviceName} />{" "}
                  {instances.length > 1 && (
                    <span class="soft">newest of {countOf(instances.length, "instance")}</span>
                  )}
                </td>
                <td class="mono">{text || "no attributes"}</td>
                <td class="number right">
                  {point && <LastValue point={point} unit={metric.unit} />}
                </td>
                <td>{point?.timeUnixNano && <Clock unixNano={point.timeUnixNano} />}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollX>
  );
}

function attributesText({ attributes }: MetricSeries): string {
  return attributes.map(({ key = "", value }) => `${key}=${valueText(value)}`).join(" ");
}

function Exemplars({ exemplars, unit }: { exemplars: readonly MeasuredExemplar[]; unit: string }) {
  const linked = exemplars.filter(({ traceId }) => traceId).slice(-20).reverse();
  if (linked.length === 0) return null;
  return (
    <section class="exemplars" aria-labelledby="exemplars-title">
      <h2 id="exemplars-title">Exemplars</h2>
      <p class="soft">Sample measurements, each with the trace it belongs to.</p>
      <ul>
        {linked.map(({ timeUnixNano, value, traceId, spanId }) => (
          <li key={`${timeUnixNano} ${spanId}`}>
            <Clock unixNano={timeUnixNano} /> <b class="number">{formatValue(value, unit)}</b>{" "}
            <a class="mono" href={traceHref(traceId, spanId || undefined)}>{traceId.slice(0, 8)}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function drawnAs({ type, isMonotonic }: MetricData, unit: string): string {
  const name = unitName(unit);
  if (type === "sum" && isMonotonic) return `Rate, in ${name}.`;
  if (type === "histogram" || type === "exponentialHistogram") {
    return `p50, p95, and p99 per export interval${name && `, in ${name}`}.`;
  }
  return name ? `In ${name}.` : "";
}

function LastValue({ point, unit }: { point: MetricPoint; unit: string }) {
  const { value, count, sum, hasNoRecordedValue } = point;
  if (hasNoRecordedValue) return <>ended</>;
  if (value !== undefined) return <Aligned text={formatValue(value, unit)} />;
  const mean = count && sum !== undefined ? `, mean ${formatValue(sum / count, unit)}` : "";
  return <>{count === undefined ? "none" : `${formatCount(count)} measured${mean}`}</>;
}
