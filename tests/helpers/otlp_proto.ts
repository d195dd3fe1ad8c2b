import { PUBLISHED_OTLP } from "./published_otlp.ts";

/** The signals, each with the message type of its requests. */
const REQUESTS = {
  traces: PUBLISHED_OTLP.lookupType("ExportTraceServiceRequest"),
  metrics: PUBLISHED_OTLP.lookupType("ExportMetricsServiceRequest"),
  logs: PUBLISHED_OTLP.lookupType("ExportLogsServiceRequest"),
};

/** One of the three signals. */
export type ReceivedSignal = keyof typeof REQUESTS;

/** Encodes an export request; field names are in lowerCamelCase. */
export function encodeRequest(signal: ReceivedSignal, request: object): Uint8Array<ArrayBuffer> {
  const type = REQUESTS[signal];
  return new Uint8Array(type.encode(type.fromObject(request)).finish());
}

/** An export request with a service's root span, which just started. */
export function encodeSpan(name: string, span: object = {}): Uint8Array<ArrayBuffer> {
  const id = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));
  const start = Date.now();
  const attributes = [{ key: "service.name", value: { stringValue: "shop" } }];
  return encodeRequest("traces", {
    resourceSpans: [{
      resource: { attributes },
      scopeSpans: [{
        spans: [{
          traceId: id(16),
          spanId: id(8),
          name,
          kind: 2,
          startTimeUnixNano: `${start}000000`,
          endTimeUnixNano: `${start + 5}000000`,
          ...span,
        }],
      }],
    }],
  });
}

type Plain = string | number | boolean | Plain[];

/** A received span, with its resource and scope. */
export interface ReceivedSpan {
  name: string;
  kind: number;
  traceId: string;
  spanId: string;
  parentSpanId: string;
  traceState: string;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: Record<string, Plain>;
  events: { name: string; timeUnixNano: string; attributes: Record<string, Plain> }[];
  links: { traceId: string; spanId: string; attributes: Record<string, Plain> }[];
  status: { code: number; message: string };
  flags: number;
  resource: Record<string, Plain>;
  scope: { name: string; version: string };
}

/** A received log record. */
export interface ReceivedLogRecord {
  body: Plain;
  severityNumber: number;
  severityText: string;
  traceId: string;
  spanId: string;
  attributes: Record<string, Plain>;
  resource: Record<string, Plain>;
}

/** A received metric. */
export interface ReceivedMetric {
  name: string;
  unit: string;
  kind: "gauge" | "sum" | "histogram" | "exponentialHistogram";
  /** 1 is delta, 2 is cumulative, 0 is unspecified. */
  temporality: number;
  dataPoints: { attributes: Record<string, Plain>; value: number; count: number }[];
  /** The number of exemplars. */
  exemplars: number;
  resource: Record<string, Plain>;
}

/** The items of a request; two of the three lists are empty. */
export interface ReceivedTelemetry {
  spans: ReceivedSpan[];
  metrics: ReceivedMetric[];
  logRecords: ReceivedLogRecord[];
}

// deno-lint-ignore no-explicit-any -- JSON in the shapes above, from either encoding.
type Json = any;

/** Reads a request in protobuf. */
export function decodeProtobuf(body: Uint8Array, signal: ReceivedSignal): ReceivedTelemetry {
  const type = REQUESTS[signal];
  const request = type.toObject(type.decode(body), { longs: String, bytes: String });
  return readTelemetry(request, base64ToHex);
}

/** Reads a request in OTLP JSON, whose IDs are in hex. */
export function decodeJson(body: string): ReceivedTelemetry {
  return readTelemetry(JSON.parse(body), (id) => id);
}

function readTelemetry(request: Json, id: (text: string) => string): ReceivedTelemetry {
  return {
    spans: readRequest(request, id),
    metrics: readMetrics(request),
    logRecords: readLogRecords(request, id),
  };
}

function readMetrics(request: Json): ReceivedMetric[] {
  const kinds = ["gauge", "sum", "histogram", "exponentialHistogram"] as const;
  return (request.resourceMetrics ?? []).flatMap((resourceMetrics: Json) =>
    (resourceMetrics.scopeMetrics ?? []).flatMap((scopeMetrics: Json) =>
      (scopeMetrics.metrics ?? []).map((metric: Json): ReceivedMetric => {
        const kind = kinds.find((kind) => metric[kind])!;
        return {
          name: metric.name,
          unit: metric.unit ?? "",
          kind,
          temporality: metric[kind].aggregationTemporality ?? 0,
          dataPoints: (metric[kind].dataPoints ?? []).map((point: Json) => ({
            attributes: readAttributes(point.attributes),
            value: Number(point.asDouble ?? point.asInt ?? point.sum),
            count: Number(point.count ?? 0),
          })),
          exemplars: (metric[kind].dataPoints ?? [])
            .flatMap((point: Json) => point.exemplars ?? []).length,
          resource: readAttributes(resourceMetrics.resource?.attributes),
        };
      })
    )
  );
}

function readLogRecords(request: Json, id: (text: string) => string): ReceivedLogRecord[] {
  return (request.resourceLogs ?? []).flatMap((resourceLogs: Json) =>
    (resourceLogs.scopeLogs ?? []).flatMap((scopeLogs: Json) =>
      (scopeLogs.logRecords ?? []).map((record: Json): ReceivedLogRecord => ({
        body: readValue(record.body ?? {}),
        severityNumber: record.severityNumber ?? 0,
        severityText: record.severityText ?? "",
        traceId: record.traceId ? id(record.traceId) : "",
        spanId: record.spanId ? id(record.spanId) : "",
        attributes: readAttributes(record.attributes),
        resource: readAttributes(resourceLogs.resource?.attributes),
      }))
    )
  );
}

function readRequest(request: Json, id: (text: string) => string): ReceivedSpan[] {
  return (request.resourceSpans ?? []).flatMap((resourceSpans: Json) =>
    (resourceSpans.scopeSpans ?? []).flatMap((scopeSpans: Json) =>
      (scopeSpans.spans ?? []).map((span: Json): ReceivedSpan => ({
        name: span.name,
        kind: span.kind ?? 0,
        traceId: id(span.traceId),
        spanId: id(span.spanId),
        parentSpanId: span.parentSpanId ? id(span.parentSpanId) : "",
        traceState: span.traceState ?? "",
        startTimeUnixNano: span.startTimeUnixNano,
        endTimeUnixNano: span.endTimeUnixNano,
        attributes: readAttributes(span.attributes),
        events: (span.events ?? []).map((event: Json) => ({
          name: event.name,
          timeUnixNano: event.timeUnixNano,
          attributes: readAttributes(event.attributes),
        })),
        links: (span.links ?? []).map((link: Json) => ({
          traceId: id(link.traceId),
          spanId: id(link.spanId),
          attributes: readAttributes(link.attributes),
        })),
        status: { code: span.status?.code ?? 0, message: span.status?.message ?? "" },
        flags: span.flags ?? 0,
        resource: readAttributes(resourceSpans.resource?.attributes),
        scope: { name: scopeSpans.scope?.name ?? "", version: scopeSpans.scope?.version ?? "" },
      }))
    )
  );
}

function readAttributes(attributes: Json[] = []): Record<string, Plain> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, readValue(value)]));
}

function readValue(value: Json): Plain {
  if (value.arrayValue) return (value.arrayValue.values ?? []).map(readValue);
  if (value.intValue !== undefined) return Number(value.intValue);
  return value.stringValue ?? value.boolValue ?? value.doubleValue;
}

function base64ToHex(text: string): string {
  return [...atob(text)].map((char) => char.charCodeAt(0).toString(16).padStart(2, "0")).join("");
}
