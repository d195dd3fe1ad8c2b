import type { Exemplar, MetricData, MetricPoint, MetricSeries } from "../../../collector/model.ts";
import { valueText } from "../../../otlp/any_value.ts";
import { toMillis } from "../../format/time.ts";
import { toNanos } from "../../../otlp/nanos.ts";
import { type Buckets, bucketsOf, merge, quantile, subtract } from "./buckets.ts";

/** Lines over time, aligned: every line has a value or a gap for every time. */
export interface ChartData {
  /** Seconds since 1970, ascending. */
  times: number[];
  lines: { label: string; values: (number | null)[] }[];
  /** The UCUM unit of the drawn values: a counter is drawn as a rate. */
  unit: string;
  exemplars: MeasuredExemplar[];
}

/** An exemplar with a place in the chart. */
export type MeasuredExemplar = Exemplar & Required<Pick<Exemplar, "timeUnixNano" | "value">>;

const DELTA = 1;
const QUANTILES = [["p50", 0.5], ["p95", 0.95], ["p99", 0.99]] as const;

/**
 * The data for a metric's chart: gauges unchanged, monotonic sums as rates per second, histograms as quantiles
 * per interval between two points.
 */
export function chartData(given: MetricData): ChartData {
  const metric = withTimes(given);
  const exemplars = metric.series.flatMap(({ points }) =>
    points.flatMap(({ exemplars = [] }) => exemplars.filter(isMeasured))
  );
  const isRate = metric.type === "sum" && metric.isMonotonic;
  return {
    ...align(linesOf(metric)),
    unit: isRate ? `${metric.unit === "1" ? "" : metric.unit}/s` : metric.unit,
    exemplars,
  };
}

/** Leaves out points without a time, which have no place in a chart. */
function withTimes(metric: MetricData): MetricData {
  const series = metric.series.map((one) => ({
    ...one,
    points: one.points.filter(({ timeUnixNano }) => timeUnixNano !== undefined),
  }));
  return { ...metric, series };
}

function isMeasured(exemplar: Exemplar): exemplar is MeasuredExemplar {
  return exemplar.timeUnixNano !== undefined && exemplar.value !== undefined;
}

/** A metric once per kind of its series, because each needs its own unit and chart. */
export function splitByKind<T extends MetricData>(metric: T): T[] {
  return metric.kinds.map((kind) => ({
    ...metric,
    ...kind,
    series: metric.series.filter((series) =>
      series.type === kind.type && series.unit === kind.unit &&
      series.aggregationTemporality === kind.aggregationTemporality &&
      series.isMonotonic === kind.isMonotonic
    ),
  }));
}

/** Series that differ only in the process they come from, the one with the newest point first. */
export function groupInstances(series: readonly MetricSeries[]): MetricSeries[][] {
  const groups = Map.groupBy(series, ({ serviceName, attributes, ...scope }) =>
    JSON.stringify([
      serviceName,
      scope.scopeName,
      scope.scopeVersion,
      scope.scopeSchemaUrl,
      scope.scopeAttributes,
      attributes,
    ]));
  const last = ({ points }: MetricSeries) => toNanos(points.at(-1)?.timeUnixNano);
  return [...groups.values()].map((group) =>
    group.sort((a, b) => last(a) < last(b) ? 1 : last(a) > last(b) ? -1 : 0)
  );
}

/** What distinguishes a series within its metric: the attributes that differ. */
export function seriesLabel(series: MetricSeries, all: readonly MetricSeries[]): string {
  const parts = series.attributes.flatMap(({ key = "", value }) => {
    const text = valueText(value);
    const isCommon = all.every(({ attributes }) =>
      attributes.some((other) => other.key === key && valueText(other.value) === text)
    );
    return isCommon && all.length > 1 ? [] : [`${key}=${text}`];
  });
  const isOneService = new Set(all.map(({ serviceName }) => serviceName)).size === 1;
  return [...isOneService ? [] : [series.serviceName], ...parts].join(" ") || series.serviceName;
}

interface Line {
  label: string;
  points: [seconds: number, value: number][];
}

function linesOf({ type, isMonotonic, aggregationTemporality, series }: MetricData): Line[] {
  const isDelta = aggregationTemporality === DELTA;
  switch (type) {
    case "gauge":
    case "sum":
      return series.map((one) => ({
        label: seriesLabel(one, series),
        points: isMonotonic && type === "sum" ? rates(one.points, isDelta) : values(one.points),
      }));
    case "histogram":
    case "exponentialHistogram":
      return quantileLines(series, isDelta);
    case "summary":
      return series.flatMap((one) => summaryLines(one, seriesLabel(one, series)));
    default:
      return type satisfies never;
  }
}

function values(points: readonly MetricPoint[]): Line["points"] {
  return points.map((point) => [secondsOf(point), point.value ?? NaN]);
}

function rates(points: readonly MetricPoint[], isDelta: boolean): Line["points"] {
  return points.flatMap((point, i): Line["points"] => {
    const before = points[i - 1];
    const isContinued = !isDelta && before !== undefined &&
      before.startTimeUnixNano === point.startTimeUnixNano;
    // Without a previous point, a cumulative one covers the time since its start.
    const start = point.startTimeUnixNano;
    const from = isContinued ? secondsOf(before) : start ? toMillis(start) / 1000 : NaN;
    const amount = (point.value ?? NaN) - (isContinued ? before.value ?? NaN : 0);
    const seconds = secondsOf(point) - from;
    return seconds > 0 && amount >= 0 ? [[secondsOf(point), amount / seconds]] : [];
  });
}

/** The combined quantiles of all series of a service, because most questions are about the service. */
function quantileLines(series: readonly MetricSeries[], isDelta: boolean): Line[] {
  const services = Map.groupBy(series, ({ serviceName }) => serviceName);
  return [...services].flatMap(([serviceName, own]) => {
    const steps = new Map<number, Buckets>();
    for (const { points } of own) {
      for (const [seconds, buckets] of increases(points, isDelta)) {
        const known = steps.get(seconds);
        steps.set(seconds, known ? merge(known, buckets) : buckets);
      }
    }
    const times = [...steps].sort(([a], [b]) => a - b);
    return QUANTILES.map(([name, share]): Line => ({
      label: services.size === 1 ? name : `${serviceName} ${name}`,
      points: times.map(([seconds, buckets]) => [seconds, quantile(buckets, share)]),
    }));
  });
}

function increases(points: readonly MetricPoint[], isDelta: boolean): [number, Buckets][] {
  return points.flatMap((point, i): [number, Buckets][] => {
    const buckets = bucketsOf(point);
    if (!buckets) return [];
    const before = points[i - 1];
    const earlier = before && !isDelta && before.startTimeUnixNano === point.startTimeUnixNano
      ? bucketsOf(before)
      : undefined;
    return [[secondsOf(point), (earlier && subtract(buckets, earlier)) ?? buckets]];
  });
}

function summaryLines({ points }: MetricSeries, label: string): Line[] {
  const quantiles = new Set(
    points.flatMap(({ quantiles = [] }) => quantiles.map(({ quantile }) => quantile)),
  );
  return [...quantiles].sort().map((wanted) => ({
    label: `${label} p${Number((wanted * 100).toPrecision(4))}`,
    points: points.map((point) => [
      secondsOf(point),
      point.quantiles?.find(({ quantile }) => quantile === wanted)?.value ?? NaN,
    ]),
  }));
}

function align(lines: readonly Line[]): Pick<ChartData, "times" | "lines"> {
  const times = [...new Set(lines.flatMap(({ points }) => points.map(([seconds]) => seconds)))];
  times.sort((a, b) => a - b);
  const index = new Map(times.map((seconds, i) => [seconds, i]));
  return {
    times,
    lines: lines.map(({ label, points }) => {
      const values = new Array<number | null>(times.length).fill(null);
      for (const [seconds, value] of points) {
        if (Number.isFinite(value)) values[index.get(seconds)!] = value;
      }
      return { label, values };
    }),
  };
}

function secondsOf({ timeUnixNano = "0" }: MetricPoint): number {
  return toMillis(timeUnixNano) / 1000;
}
