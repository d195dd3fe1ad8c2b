import { plainAttributes, type PlainObject, plainValue } from "../otlp/any_value.ts";
import { protobufToJson } from "../otlp/decode.ts";
import type {
  InstrumentationScope,
  KeyValue,
  LogRecord,
  Metric,
  MetricExemplar,
  Resource,
  Span,
} from "../otlp/json.ts";
import type { Signal } from "../otlp/signal.ts";

/**
 * The spans, metrics or log records of an export request in protobuf in printable form, each with its scope and
 * resource attributes. They match OTLP's JSON, except that attributes and bodies are plain values.
 *
 * @throws {MalformedError} If the bytes are not such a request.
 */
export function describeItems(signal: Signal, request: Uint8Array): object[] {
  switch (signal) {
    case "traces":
      return (protobufToJson("TracesData", request).resourceSpans ?? []).flatMap(
        ({ resource, scopeSpans = [] }) =>
          scopeSpans.flatMap(({ scope, spans = [] }) =>
            spans.map((span) => ({ ...describeSpan(span), ...origin(scope, resource) }))
          ),
      );
    case "metrics":
      return (protobufToJson("MetricsData", request).resourceMetrics ?? []).flatMap(
        ({ resource, scopeMetrics = [] }) =>
          scopeMetrics.flatMap(({ scope, metrics = [] }) =>
            metrics.map((metric) => ({ ...describeMetric(metric), ...origin(scope, resource) }))
          ),
      );
    case "logs":
      return (protobufToJson("LogsData", request).resourceLogs ?? []).flatMap(
        ({ resource, scopeLogs = [] }) =>
          scopeLogs.flatMap(({ scope, logRecords = [] }) =>
            logRecords.map((record) => ({ ...describeRecord(record), ...origin(scope, resource) }))
          ),
      );
    default:
      return signal satisfies never;
  }
}

function describeSpan({ events, links, ...span }: Span): object {
  return {
    ...withAttributes(span),
    ...events && { events: events.map(withAttributes) },
    ...links && { links: links.map(withAttributes) },
  };
}

function describeRecord({ body, ...record }: LogRecord): object {
  return { ...withAttributes(record), ...body && { body: plainValue(body) } };
}

function describeMetric(
  { gauge, sum, histogram, exponentialHistogram, summary, metadata, ...metric }: Metric,
): object {
  return {
    ...metric,
    ...metadata && { metadata: plainAttributes(metadata) },
    ...gauge && { gauge: withPoints(gauge) },
    ...sum && { sum: withPoints(sum) },
    ...histogram && { histogram: withPoints(histogram) },
    ...exponentialHistogram && { exponentialHistogram: withPoints(exponentialHistogram) },
    ...summary && { summary: withPoints(summary) },
  };
}

/** Fields of all data points that are printed in another form. */
interface Point {
  attributes?: KeyValue[];
  exemplars?: MetricExemplar[];
}

function withPoints<T extends { dataPoints?: Point[] }>({ dataPoints = [], ...data }: T): object {
  return { ...data, dataPoints: dataPoints.map(describePoint) };
}

function describePoint({ exemplars, ...point }: Point): object {
  return {
    ...withAttributes(point),
    ...exemplars && { exemplars: exemplars.map(describeExemplar) },
  };
}

function describeExemplar({ filteredAttributes, ...exemplar }: MetricExemplar): object {
  return {
    ...exemplar,
    ...filteredAttributes && { filteredAttributes: plainAttributes(filteredAttributes) },
  };
}

function origin(
  scope: InstrumentationScope = {},
  resource: Resource = {},
): { scope: object; resource: PlainObject } {
  return { scope: withAttributes(scope), resource: plainAttributes(resource.attributes) };
}

function withAttributes<T extends { attributes?: KeyValue[] }>({ attributes, ...rest }: T): object {
  return { ...rest, ...attributes && { attributes: plainAttributes(attributes) } };
}
