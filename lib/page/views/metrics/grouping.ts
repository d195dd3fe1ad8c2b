import type { MetricData, MetricSeries } from "../../../collector/model.ts";
import { valueText } from "../../../otlp/any_value.ts";

/** Groups by the service, and by the process, whose names are attributes of the resource. */
export const BY_SERVICE = "service.name";
export const BY_INSTANCE = "service.instance.id";

/** What is drawn as one line. */
export interface SeriesGroup {
  label: string;
  series: MetricSeries[];
}

/**
 * Groups series by an attribute. Without one, series that differ only in the process they come from are
 * together, and histograms of a service, because most questions are about the service.
 */
export function groupSeries(metric: MetricData, by: string): SeriesGroup[] {
  const { series } = metric;
  const groups = Map.groupBy(series, (one) => JSON.stringify(keyOf(one, by || defaultOf(metric))));
  const firsts = [...groups.values()].map(([first]) => first!);
  return [...groups.values()].map((own): SeriesGroup => ({
    label: by === "" ? seriesLabel(own[0]!, firsts, isHistogram(metric)) : labelOf(own[0]!, by),
    series: own,
  }));
}

/** What a metric's series can be grouped by. */
export function groupKeys(series: readonly MetricSeries[]): string[] {
  const keys = new Set(series.flatMap(({ attributes }) => attributes.map(({ key = "" }) => key)));
  const has = (nameOf: (one: MetricSeries) => string) => new Set(series.map(nameOf)).size > 1;
  return [
    ...has(({ serviceName }) => serviceName) ? [BY_SERVICE] : [],
    ...has(({ serviceInstanceId }) => serviceInstanceId) ? [BY_INSTANCE] : [],
    ...[...keys].filter((key) => key !== "").sort(),
  ];
}

/** What distinguishes a series from the others: the service and the attributes that differ. */
export function seriesLabel(
  series: MetricSeries,
  all: readonly MetricSeries[],
  isServiceOnly = false,
): string {
  const parts = isServiceOnly ? [] : series.attributes.flatMap(({ key = "", value }) => {
    const text = valueText(value);
    const isCommon = all.every(({ attributes }) =>
      attributes.some((other) => other.key === key && valueText(other.value) === text)
    );
    return isCommon && all.length > 1 ? [] : [`${key}=${text}`];
  });
  const isOneService = new Set(all.map(({ serviceName }) => serviceName)).size === 1;
  return [...isOneService ? [] : [series.serviceName], ...parts].join(" ") || series.serviceName;
}

/** What was measured at a time; undefined if nothing was, such as after the end of a series. */
export type Point = readonly [seconds: number, value: number | undefined, sign?: string];

/** How long a value holds, in intervals between two points. */
const MOST_INTERVALS = 3;
/** The interval of a line with one point. */
const DEFAULT_SECONDS = 60;

/**
 * The sum or the mean of several lines, whose points need not be at the same times: a value holds until the
 * next one, but not for long.
 */
export function combine(lines: readonly (readonly Point[])[], how: "sum" | "mean"): Point[] {
  if (lines.length === 1) return [...lines[0]!];
  const all = lines.filter((line) => line.length > 0)
    .map((line) => ({ line, interval: intervalOf(line), next: 0 }));
  const step = all.reduce((least, { interval }) => Math.min(least, interval), Infinity);
  return evaluationTimes(lines, step).flatMap((seconds): Point[] => {
    const values = all.flatMap((member) => {
      const { line, interval } = member;
      while (member.next < line.length && line[member.next]![0] <= seconds) member.next++;
      const last = line[member.next - 1];
      return last && seconds - last[0] <= MOST_INTERVALS * interval ? last[1] ?? [] : [];
    });
    const sum = values.reduce((a, b) => a + b, 0);
    return values.length === 0 ? [] : [[seconds, how === "sum" ? sum : sum / values.length]];
  });
}

/** The last time in each step, so that points of one round count together. */
function evaluationTimes(lines: readonly (readonly Point[])[], step: number): number[] {
  const times = lines.flatMap((line) => line.map(([seconds]) => seconds)).sort((a, b) => a - b);
  const first = times[0] ?? 0;
  const stepOf = (seconds: number) => Math.round((seconds - first) / step - 0.25);
  return times.filter((seconds, index) => {
    const next = times[index + 1];
    return next === undefined || stepOf(next) !== stepOf(seconds);
  });
}

function intervalOf(line: readonly Point[]): number {
  const seconds = line.at(-1)![0] - line[0]![0];
  return seconds > 0 ? seconds / (line.length - 1) : DEFAULT_SECONDS;
}

function keyOf(series: MetricSeries, by: string | undefined): unknown {
  if (by !== undefined) return valueOf(series, by);
  const { serviceName, attributes, scopeName, scopeVersion, scopeSchemaUrl, scopeAttributes } =
    series;
  return [serviceName, scopeName, scopeVersion, scopeSchemaUrl, scopeAttributes, attributes];
}

function defaultOf(metric: MetricData): string | undefined {
  return isHistogram(metric) ? BY_SERVICE : undefined;
}

/** Whether a metric is a histogram of either kind. */
export function isHistogram({ type }: Pick<MetricData, "type">): boolean {
  return type === "histogram" || type === "exponentialHistogram";
}

function labelOf(series: MetricSeries, by: string): string {
  return valueOf(series, by) ?? `no ${by}`;
}

function valueOf(series: MetricSeries, by: string): string | undefined {
  if (by === BY_SERVICE) return series.serviceName || "unnamed service";
  if (by === BY_INSTANCE) return series.serviceInstanceId || undefined;
  const found = series.attributes.find(({ key }) => key === by);
  return found && valueText(found.value);
}
