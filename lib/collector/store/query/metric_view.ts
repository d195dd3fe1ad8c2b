import type {
  MetricConflict,
  MetricData,
  MetricOverlap,
  MetricSummary,
  MetricTraits,
} from "../../model.ts";
import { protobufToJson } from "../../../otlp/decode.ts";
import type { Metric } from "../../../otlp/json.ts";
import { type MetricStore, POINT, type Series } from "../index/metric_store.ts";
import { SeriesView } from "./series_view.ts";
import { timeOfWords } from "../tables/words.ts";

/** All metrics by name. */
export function metricSummaries(store: MetricStore): MetricSummary[] {
  const byName = new Map<string, Series[]>();
  for (const series of store.series.values()) {
    const list = byName.get(series.name);
    if (list) list.push(series);
    else byName.set(series.name, [series]);
  }
  return [...byName].map(([name, series]) => summaryOf(store, name, series))
    .sort((a, b) => a.name < b.name ? -1 : 1);
}

/** The series of a metric. */
export function seriesNamed(store: MetricStore, name: string): Series[] {
  return [...store.series.values()].filter((series) => series.name === name);
}

/** A metric with its series and all of their points; undefined if it is not kept. */
export function metricData(store: MetricStore, name: string): MetricData | undefined {
  const series = seriesNamed(store, name);
  if (series.length === 0) return undefined;
  const view = new SeriesView(store);
  return {
    ...summaryOf(store, name, series),
    series: series.map((one) => ({ ...view.identityOf(one), points: view.pointsOf(one) })),
  };
}

/** Describes a metric by its series; there is at least one. */
export function summaryOf(store: MetricStore, name: string, series: Series[]): MetricSummary {
  const kinds = kindsOf(series);
  const newest = series.reduce((a, b) => a.points.last > b.points.last ? a : b);
  return {
    name,
    description: metricOf(store, newest.points.last).description ?? "",
    ...traitsOf(newest),
    kinds,
    serviceNames: [...new Set(series.map(({ serviceName }) => serviceName))].sort(),
    seriesCount: series.length,
    ...lastTimeOf(series),
    conflicts: conflictsOf(series, kinds),
    overlaps: overlapsOf(series),
  };
}

/** Only the traits. */
export function traitsOf(
  { type, unit, aggregationTemporality, isMonotonic }: MetricTraits,
): MetricTraits {
  return { type, unit, aggregationTemporality, isMonotonic };
}

/** The different traits of series; nearly always, all of them have the same. */
function kindsOf(series: readonly Series[]): MetricTraits[] {
  const kinds: MetricTraits[] = [];
  for (const one of series) {
    if (!kinds.some((kind) => isSameKind(kind, one))) kinds.push(traitsOf(one));
  }
  return kinds;
}

function isSameKind(a: MetricTraits, b: MetricTraits): boolean {
  return a.type === b.type && a.unit === b.unit && a.isMonotonic === b.isMonotonic &&
    a.aggregationTemporality === b.aggregationTemporality;
}

/** If a service has several conflicts, the last one represents them all. */
function conflictsOf(
  series: readonly Series[],
  all: readonly MetricTraits[],
): MetricConflict[] {
  if (all.length < 2) return [];
  const bySource = Map.groupBy(series, ({ source }) => source);
  const conflicts = new Map<string, MetricTraits[]>();
  for (const own of bySource.values()) {
    const kinds = kindsOf(own);
    if (kinds.length > 1) conflicts.set(own[0]!.serviceName, kinds);
  }
  return [...conflicts].map(([serviceName, kinds]) => ({ serviceName, kinds }));
}

function metricOf(store: MetricStore, row: number): Metric {
  return protobufToJson("Metric", store.part(row, POINT.metricStart, POINT.metricEnd));
}

function overlapsOf(series: readonly Series[]): MetricOverlap[] {
  const points = new Map<string, number>();
  for (const { serviceName, overlaps } of series) {
    if (overlaps > 0) points.set(serviceName, (points.get(serviceName) ?? 0) + overlaps);
  }
  return [...points].map(([serviceName, points]) => ({ serviceName, points }));
}

function lastTimeOf(series: readonly Series[]): Pick<MetricSummary, "lastTimeUnixNano"> {
  const last = series.map(({ newest }) => newest)
    .reduce((a, b) => a[0] > b[0] || a[0] === b[0] && a[1] > b[1] ? a : b);
  return last[0] === 0 && last[1] === 0
    ? {}
    : { lastTimeUnixNano: timeOfWords(Uint32Array.from(last), 0) };
}
