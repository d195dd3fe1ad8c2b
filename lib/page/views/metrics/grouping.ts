import type { MetricData, MetricSeries } from "../../../collector/model.ts";
import { attributeText, valueText } from "../../../otlp/any_value.ts";

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
  const key = by || defaultOf(metric);
  const groups = Map.groupBy(
    series,
    (one) => key === undefined ? sourceKey(one) : valueOf(one, key),
  );
  const firsts = [...groups.values()].map(([first]) => first!);
  const labels = firsts.map((first) =>
    by === "" ? seriesLabel(first, firsts, isHistogram(metric)) : labelOf(first, by)
  );
  const origins = by === "" ? distinctOrigins(firsts, labels) : [];
  return [...groups.values()].map((own, i): SeriesGroup => ({
    label: [labels[i], origins[i]].filter(Boolean).join(" "),
    series: own,
  }));
}

/** Where a series comes from, but for the service and the process: its namespace and its scope. */
function originOf(series: MetricSeries): [key: string, text: string][] {
  const { resource, scopeName, scopeVersion, scopeSchemaUrl, scopeAttributes } = series;
  return [
    ["service.namespace", attributeText(resource, "service.namespace") ?? ""],
    ["scope.name", scopeName],
    ["scope.version", scopeVersion],
    ["scope.schema_url", scopeSchemaUrl],
    ...scopeAttributes.map(({ key = "", value }): [string, string] => [
      `scope.${key}`,
      valueText(value),
    ]),
  ];
}

/** For each series, the parts of its origin that distinguish it from others with the same label. */
export function distinctOrigins(
  series: readonly MetricSeries[],
  labels: readonly string[],
): string[] {
  const origins = series.map(originOf);
  const texts = new Array<string>(series.length).fill("");
  for (const members of Map.groupBy(origins.keys(), (i) => labels[i]!).values()) {
    const differing = differingKeys(members.map((i) => origins[i]!));
    for (const i of members) {
      texts[i] = origins[i]!.filter(([key, text]) => text !== "" && differing.has(key))
        .map(([key, text]) => `${key}=${text}`).join(" ");
    }
  }
  return texts;
}

/** The keys that not all origins have with the same text. */
function differingKeys(origins: readonly (readonly [string, string])[][]): Set<string> {
  const counts = Map.groupBy(origins.flat(), (entry) => JSON.stringify(entry));
  const differing = [...counts.values()].filter(({ length }) => length < origins.length);
  return new Set(differing.map(([entry]) => entry![0]));
}

/** The same for series that differ only in the process they come from. */
export function sourceKey(series: MetricSeries): string {
  const { serviceName, resource, attributes, scopeName, scopeVersion } = series;
  return JSON.stringify([
    serviceName,
    attributeText(resource, "service.namespace"),
    scopeName,
    scopeVersion,
    series.scopeSchemaUrl,
    series.scopeAttributes,
    attributes,
  ]);
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
/** The longest interval of a line with one point. */
const DEFAULT_SECONDS = 60;

/**
 * The sum or the mean of several lines, whose points need not be at the same times: a value holds until the
 * next one, but not for long.
 *
 * @param periods The seconds that the first point of each line covers, if they are known.
 */
export function combine(
  lines: readonly (readonly Point[])[],
  how: "sum" | "mean",
  periods: readonly (number | undefined)[] = [],
): Point[] {
  if (lines.length === 1) return [...lines[0]!];
  const all = lines.flatMap((line, i) => {
    if (line.length === 0) return [];
    return { line, interval: intervalOf(line, periods[i]), next: 0 };
  });
  const step = all.reduce((least, { interval }) => Math.min(least, interval), Infinity);
  return evaluationTimes(lines, step).flatMap((seconds): Point[] => {
    const values = all.flatMap((member) => {
      const { line, interval } = member;
      while (member.next < line.length && line[member.next]![0] <= seconds) member.next++;
      const last = line[member.next - 1];
      const intervals = last ? (seconds - last[0]) / interval : Infinity;
      // A process that has reported once can be gone; one that reports regularly can be late.
      const isHeld = line.length === 1 ? intervals < 1 : intervals <= MOST_INTERVALS;
      return isHeld ? last![1] ?? [] : [];
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

function intervalOf(line: readonly Point[], period = DEFAULT_SECONDS): number {
  const seconds = line.at(-1)![0] - line[0]![0];
  return seconds > 0 ? seconds / (line.length - 1) : Math.min(period, DEFAULT_SECONDS);
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
