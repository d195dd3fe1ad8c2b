import type { MetricData, MetricSeries, MetricSummary } from "../../model.ts";
import { protobufToJson } from "../../../otlp/decode.ts";
import type { Metric } from "../../../otlp/json.ts";
import { withoutContents } from "../scan/message_parts.ts";
import { pointOf } from "../index/metric_point.ts";
import { type MetricStore, POINT, type Series } from "../index/metric_store.ts";
import { timeOfWords } from "../tables/words.ts";
import { attributeText } from "../scan/text_search.ts";

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

/** A metric with its series; undefined if it is not kept. */
export function metricData(store: MetricStore, name: string): MetricData | undefined {
  const series = [...store.series.values()].filter((series) => series.name === name);
  if (series.length === 0) return undefined;
  return { ...summaryOf(store, name, series), series: series.map((one) => seriesOf(store, one)) };
}

/** What the sender says of a metric may change: what was said last counts. */
function summaryOf(store: MetricStore, name: string, series: Series[]): MetricSummary {
  const newest = Math.max(...series.map(({ points }) => points.at(-1)!));
  const metric = metricOf(store, newest);
  const data = metric.sum ?? metric.histogram ?? metric.exponentialHistogram;
  const times = series.flatMap(({ points }) => points.map((row) => timeOf(store, row)));
  return {
    name,
    description: metric.description ?? "",
    unit: metric.unit ?? "",
    type: series.find(({ points }) => points.at(-1) === newest)!.type,
    aggregationTemporality: data?.aggregationTemporality ?? 0,
    isMonotonic: metric.sum?.isMonotonic ?? false,
    serviceNames: [...new Set(series.map(({ serviceName }) => serviceName))].sort(),
    seriesCount: series.length,
    lastTimeUnixNano: times.reduce((last, time) => BigInt(time) > BigInt(last) ? time : last, "0"),
  };
}

function seriesOf(store: MetricStore, { points, serviceName, type }: Series): MetricSeries {
  const last = points.at(-1)!;
  const { resource } = protobufToJson(
    "ResourceMetrics",
    withoutContents(store.part(last, POINT.resourceStart, POINT.resourceEnd)),
  );
  const { scope } = protobufToJson(
    "ScopeMetrics",
    withoutContents(store.part(last, POINT.scopeStart, POINT.scopeEnd)),
  );
  const decoded = points.map((row) => pointOf(type, store.part(row, POINT.start, POINT.end)));
  decoded.sort((a, b) => {
    const difference = BigInt(a.point.timeUnixNano) - BigInt(b.point.timeUnixNano);
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  });
  return {
    serviceName,
    serviceInstanceId: attributeText(resource?.attributes, "service.instance.id") ?? "",
    scopeName: scope?.name ?? "",
    attributes: decoded.at(-1)!.attributes,
    points: decoded.map(({ point }) => point),
  };
}

function metricOf(store: MetricStore, row: number): Metric {
  return protobufToJson("Metric", store.part(row, POINT.metricStart, POINT.metricEnd));
}

function timeOf(store: MetricStore, row: number): string {
  return timeOfWords(store.rows.words, store.rows.at(row) + POINT.time);
}
