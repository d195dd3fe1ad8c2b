import type { Exemplar, MetricData, MetricPoint, MetricSeries } from "../../../collector/model.ts";
import { toMillis } from "../../format/time.ts";
import { toNanos } from "../../../otlp/nanos.ts";
import type { TimeRange } from "../../state/time_range.ts";
import {
  BOUND_SIGNS,
  type Buckets,
  bucketsOf,
  merge,
  quantile,
  soleBucket,
  subtract,
} from "./buckets.ts";
import {
  combine,
  distinctOrigins,
  groupSeries,
  type Point,
  type SeriesGroup,
  seriesLabel,
  sourceKey,
} from "./grouping.ts";

/** Lines over time, aligned: every line has an entry for every time. */
export interface ChartData {
  /** Seconds since 1970, ascending. */
  times: number[];
  lines: ChartLine[];
  /** The UCUM unit of the drawn values: a counter is drawn as a rate. */
  unit: string;
  exemplars: MeasuredExemplar[];
}

/** A line with a value, or a gap, for each of its points. */
export interface ChartLine {
  label: string;
  /** Null where a point has no value to draw, undefined where the line has no point. */
  values: (number | null | undefined)[];
  /** Measured values that have no place in a chart, such as NaN, by their index. */
  nonFinite: ReadonlyMap<number, number>;
  /** The signs of values that are only bounds, such as "≤ ", by their index. */
  signs: ReadonlyMap<number, string>;
}

/** An exemplar with a place in the chart. */
export type MeasuredExemplar = Exemplar & Required<Pick<Exemplar, "timeUnixNano" | "value">>;

/** A single point has this many seconds on each side. */
const AROUND_SECONDS = 30;
const DELTA = 1;
const QUANTILES = [["p50", 0.5], ["p95", 0.95], ["p99", 0.99]] as const;
const MOST_WITH_ALL_QUANTILES = 2;
const ONLY_QUANTILE = ["p95", 0.95] as const;

/** What part of a metric is drawn, and how. */
export interface ChartOptions {
  /** The attribute that lines are grouped by; see {@linkcode groupSeries}. */
  groupBy?: string;
  /** In milliseconds since 1970. */
  range?: Pick<TimeRange, "fromMillis" | "toMillis">;
}

/**
 * The data for a metric's chart: gauges as their mean, sums added, monotonic ones as rates per second,
 * histograms as quantiles per interval between two points.
 */
export function chartData(given: MetricData, options: ChartOptions = {}): ChartData {
  const metric = withTimes(given);
  const { groupBy = "", range = {} } = options;
  const isIn = within(range);
  const isRate = metric.type === "sum" && metric.isMonotonic;
  const lines = linesOf(metric, groupBy).map(({ label, points }) => ({
    label,
    points: points.filter(([seconds]) => isIn(seconds)),
  }));
  return {
    ...align(lines.filter(({ points }) => points.length > 0)),
    unit: isRate ? `${metric.unit === "1" ? "" : metric.unit}/s` : metric.unit,
    exemplars: exemplarsOf(metric, isIn),
  };
}

/** Why the chart of a metric is empty. */
export function emptyReason(
  { series, type, isMonotonic }: MetricData,
  range: NonNullable<ChartOptions["range"]> = {},
): string {
  const points = series.flatMap(({ points }) => points);
  const timed = points.filter(({ timeUnixNano }) => timeUnixNano !== undefined);
  if (timed.length === 0 && points.length > 0) return "The points have no time to draw them at.";
  if (!timed.map(secondsOf).some(within(range))) return "No points in this time range.";
  return type === "sum" && isMonotonic
    ? "No rate yet: it needs two points, or one with a start time."
    : "The points have no values to draw.";
}

/** Leaves out points without a time, which have no place in a chart. */
export function withTimes(metric: MetricData): MetricData {
  const series = metric.series.map((one) => ({
    ...one,
    points: one.points.filter(({ timeUnixNano }) => timeUnixNano !== undefined),
  }));
  return { ...metric, series };
}

/** The exemplars of a time range. */
export function exemplarsOf(
  { series }: MetricData,
  isIn: (seconds: number) => boolean,
): MeasuredExemplar[] {
  return series.flatMap(({ points }) => points)
    .flatMap(({ exemplars = [] }) => exemplars.filter(isMeasured))
    .filter(({ timeUnixNano }) => isIn(toMillis(timeUnixNano) / 1000));
}

function isMeasured(exemplar: Exemplar): exemplar is MeasuredExemplar {
  return exemplar.timeUnixNano !== undefined && exemplar.value !== undefined;
}

/** The distribution of a histogram's new measurements at each time, over some series. */
export function increasesOf(metric: MetricData, series = metric.series): Map<number, Buckets> {
  const steps = new Map<number, Buckets>();
  for (const { points } of series) {
    for (const [seconds, buckets] of increases(points, metric.aggregationTemporality === DELTA)) {
      const known = steps.get(seconds);
      steps.set(seconds, known ? merge(known, buckets) : buckets);
    }
  }
  return new Map([...steps].sort(([a], [b]) => a - b));
}

/** Whether a time in seconds is in a range. */
export function within({ fromMillis, toMillis }: NonNullable<ChartOptions["range"]>) {
  return (seconds: number): boolean =>
    (fromMillis === undefined || seconds * 1000 >= fromMillis) &&
    (toMillis === undefined || seconds * 1000 <= toMillis);
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
  const groups = Map.groupBy(series, sourceKey);
  const last = ({ points }: MetricSeries) => toNanos(points.at(-1)?.timeUnixNano);
  return [...groups.values()].map((group) =>
    group.sort((a, b) => last(a) < last(b) ? 1 : last(a) > last(b) ? -1 : 0)
  );
}

interface Line {
  label: string;
  points: readonly Point[];
}

function linesOf(metric: MetricData, groupBy: string): Line[] {
  const { type, isMonotonic, aggregationTemporality } = metric;
  const isDelta = aggregationTemporality === DELTA;
  const groups = groupSeries(metric, groupBy);
  switch (type) {
    case "gauge":
    case "sum":
      return groups.map(({ label, series }) => {
        const lines = series.map(({ points }) =>
          isMonotonic && type === "sum" ? rates(points, isDelta) : values(points)
        );
        const periods = series.map(({ points }) => periodOf(points[0]));
        return { label, points: combine(lines, type === "sum" ? "sum" : "mean", periods) };
      });
    case "histogram":
    case "exponentialHistogram":
      return quantileLines(metric, groups);
    case "summary": {
      const labels = metric.series.map((one) => seriesLabel(one, metric.series));
      const origins = distinctOrigins(metric.series, labels);
      return metric.series.flatMap((one, i) =>
        summaryLines(one, [labels[i], origins[i]].filter(Boolean).join(" "))
      );
    }
    default:
      return type satisfies never;
  }
}

/** The seconds that a point covers; undefined if it has no start. */
function periodOf(point: MetricPoint | undefined): number | undefined {
  const start = point?.startTimeUnixNano;
  const seconds = start ? secondsOf(point) - toMillis(start) / 1000 : 0;
  return seconds > 0 ? seconds : undefined;
}

function values(points: readonly MetricPoint[]): Point[] {
  return points.map((point) => [secondsOf(point), point.value]);
}

function rates(points: readonly MetricPoint[], isDelta: boolean): Point[] {
  return points.flatMap((point, i): Point[] => {
    const before = points[i - 1];
    const isContinued = !isDelta && before !== undefined &&
      before.startTimeUnixNano === point.startTimeUnixNano;
    // Without a previous point, a cumulative one covers the time since its start.
    const start = point.startTimeUnixNano;
    const from = isContinued ? secondsOf(before) : start ? toMillis(start) / 1000 : NaN;
    const amount = (point.value ?? NaN) - (isContinued ? before.value ?? NaN : 0);
    const seconds = secondsOf(point) - from;
    if (Number.isNaN(amount)) return [[secondsOf(point), undefined]];
    return seconds > 0 && amount >= 0 ? [[secondsOf(point), amount / seconds]] : [];
  });
}

/** The quantiles of each group; only one of them if there are many groups. */
function quantileLines(metric: MetricData, groups: readonly SeriesGroup[]): Line[] {
  const shown = groups.length > MOST_WITH_ALL_QUANTILES ? [ONLY_QUANTILE] : QUANTILES;
  return groups.flatMap(({ label, series }) => {
    const times = [...increasesOf(metric, series)];
    return shown.map(([name, share]): Line => ({
      label: groups.length === 1 ? name : `${label} ${name}`,
      points: times.map(([seconds, buckets]): Point => {
        // The buckets of exponential histograms are too small to matter.
        const sole = metric.type === "histogram" ? soleBucket(buckets) : undefined;
        return sole
          ? [seconds, sole.bound, BOUND_SIGNS[sole.side]]
          : [seconds, orNothing(quantile(buckets, share))];
      }),
    }));
  });
}

/** A histogram without measurements has no quantiles. */
function orNothing(value: number): number | undefined {
  return Number.isNaN(value) ? undefined : value;
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
      point.quantiles?.find(({ quantile }) => quantile === wanted)?.value,
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
      const values = new Array<number | null | undefined>(times.length).fill(undefined);
      const nonFinite = new Map<number, number>();
      const signs = new Map<number, string>();
      for (const [seconds, value, sign] of points) {
        const at = index.get(seconds)!;
        values[at] = Number.isFinite(value) ? value! : null;
        if (!Number.isFinite(value) && value !== undefined) nonFinite.set(at, value);
        if (sign !== undefined) signs.set(at, sign);
      }
      return { label, values, nonFinite, signs };
    }),
  };
}

/** The first and the last of some ascending times in seconds; a single one is in the middle of a minute. */
export function timesAround(times: readonly number[]): [number, number] {
  const [from, to] = [times[0]!, times.at(-1)!];
  return from === to ? [from - AROUND_SECONDS, to + AROUND_SECONDS] : [from, to];
}

function secondsOf({ timeUnixNano = "0" }: MetricPoint): number {
  return toMillis(timeUnixNano) / 1000;
}
