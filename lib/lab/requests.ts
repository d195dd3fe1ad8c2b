import type { KeyValue, LogsData, Metric, MetricsData, TracesData } from "../otlp/json.ts";

/** Anything with attributes. */
export interface Owner {
  attributes?: KeyValue[];
}

/** A request of any signal: each has one of the three lists. */
export type RequestJson = TracesData & MetricsData & LogsData;

/** The resources of a request. */
export function resourcesOf(
  { resourceSpans = [], resourceMetrics = [], resourceLogs = [] }: RequestJson,
): Owner[] {
  return [...resourceSpans, ...resourceMetrics, ...resourceLogs]
    .map((group) => group.resource ??= {});
}

/** The spans, data points, and log records of a request. */
export function itemsOf(
  { resourceSpans = [], resourceMetrics = [], resourceLogs = [] }: RequestJson,
): Owner[] {
  return [
    ...resourceSpans.flatMap(({ scopeSpans = [] }) => scopeSpans)
      .flatMap(({ spans = [] }) => spans),
    ...resourceMetrics.flatMap(({ scopeMetrics = [] }) => scopeMetrics)
      .flatMap(({ metrics = [] }) => metrics.flatMap(dataPointsOf)),
    ...resourceLogs.flatMap(({ scopeLogs = [] }) => scopeLogs)
      .flatMap(({ logRecords = [] }) => logRecords),
  ];
}

function dataPointsOf(
  { gauge, sum, histogram, exponentialHistogram, summary }: Metric,
): Owner[] {
  return [
    ...gauge?.dataPoints ?? [],
    ...sum?.dataPoints ?? [],
    ...histogram?.dataPoints ?? [],
    ...exponentialHistogram?.dataPoints ?? [],
    ...summary?.dataPoints ?? [],
  ];
}
