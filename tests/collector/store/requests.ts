import { encodeMessage } from "../../../lib/otlp/encode.ts";
import type {
  LogRecord,
  Metric,
  ResourceLogs,
  ResourceMetrics,
  ResourceSpans,
  Span,
} from "../../../lib/otlp/json.ts";

/** A resource with a service name. */
export function resourceOf(serviceName: string) {
  return { attributes: [{ key: "service.name", value: { stringValue: serviceName } }] };
}

/** A span with defaults for everything that a test doesn't care about. */
export function span(traceId: string, spanId: string, more: Span = {}): Span {
  return {
    traceId: traceId.padStart(32, "0"),
    spanId: spanId.padStart(16, "0"),
    name: "GET /",
    kind: 2,
    startTimeUnixNano: "1700000000000000000",
    endTimeUnixNano: "1700000000001000000",
    ...more,
  };
}

/** An export request with one service's spans. */
export function tracesRequest(spans: Span[], serviceName = "shop"): Uint8Array<ArrayBuffer> {
  return encodeSpans([{ resource: resourceOf(serviceName), scopeSpans: [{ spans }] }]);
}

export function encodeSpans(resourceSpans: ResourceSpans[]): Uint8Array<ArrayBuffer> {
  return encodeMessage("TracesData", { resourceSpans });
}

/** An export request with one service's log records. */
export function logsRequest(logRecords: LogRecord[], serviceName = "shop") {
  const resourceLogs: ResourceLogs[] = [
    { resource: resourceOf(serviceName), scopeLogs: [{ scope: { name: "logger" }, logRecords }] },
  ];
  return encodeMessage("LogsData", { resourceLogs });
}

/** An export request with one service's metrics. */
export function metricsRequest(metrics: Metric[], serviceName = "shop") {
  const resourceMetrics: ResourceMetrics[] = [
    { resource: resourceOf(serviceName), scopeMetrics: [{ scope: { name: "meter" }, metrics }] },
  ];
  return encodeMessage("MetricsData", { resourceMetrics });
}

/** A gauge with one point. */
export function gauge(name: string): Metric {
  return { name, gauge: { dataPoints: [{ timeUnixNano: "1700000000000000000", asDouble: 1 }] } };
}
