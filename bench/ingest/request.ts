import { Buffer } from "node:buffer";
import { encodeMessage } from "../../lib/otlp/encode.ts";
import type { KeyValue, Span } from "../../lib/otlp/json.ts";
import type { Signal } from "../../lib/otlp/signal.ts";

const ITEMS = 100;
const ATTRIBUTES = 8;
const METRICS = 20;

/** Marks where the time of a data point goes. */
const TIME_MARK = 0x123456789abcdef0n;

/** An export request, and the positions of the eight bytes that differ between requests. */
export interface PreparedRequest {
  signal: Signal;
  body: Uint8Array;
  places: number[];
  /** How many spans, log records or data points it has. */
  itemCount: number;
}

const resource = {
  attributes: [
    { key: "service.name", value: { stringValue: "bench" } },
    { key: "host.name", value: { stringValue: "box" } },
  ],
};

/** A request of a hundred items of a signal. */
export function prepareRequest(signal: Signal, traceCount: number): PreparedRequest {
  if (signal === "traces") return prepareSpans(traceCount);
  return signal === "logs" ? prepareLogs() : prepareMetrics();
}

/** Spans in some traces, each with eight attributes and an event. */
function prepareSpans(traceCount: number): PreparedRequest {
  const spans = Array.from({ length: ITEMS }, (_, i) => spanOf(i, traceCount));
  const body = encodeMessage("TracesData", {
    resourceSpans: [{ resource, scopeSpans: [{ scope: { name: "bench" }, spans }] }],
  });
  const buffer = Buffer.from(body);
  const places: number[] = [];
  for (let trace = 0; trace < traceCount; trace++) {
    const id = Buffer.from(traceId(trace, 0), "hex");
    for (let at = buffer.indexOf(id); at >= 0; at = buffer.indexOf(id, at + 1)) places.push(at + 8);
  }
  if (places.length !== ITEMS) throw new Error(`Found ${places.length} trace ids, wanted ${ITEMS}`);
  return { signal: "traces", body, places, itemCount: ITEMS };
}

/** Log records, each with eight attributes and a trace. */
function prepareLogs(): PreparedRequest {
  const logRecords = Array.from({ length: ITEMS }, (_, i) => ({
    timeUnixNano: String(BigInt(Date.now()) * 1_000_000n + BigInt(i)),
    severityNumber: 9,
    severityText: "INFO",
    body: { stringValue: `request ${i} was handled in ${i * 3} ms` },
    attributes: attributesOf(ATTRIBUTES),
    traceId: traceId(0, i + 1),
    spanId: "abcdef0000000000",
  }));
  const resourceLogs = [{ resource, scopeLogs: [{ scope: { name: "bench" }, logRecords }] }];
  const body = encodeMessage("LogsData", { resourceLogs });
  return { signal: "logs", body, places: [], itemCount: ITEMS };
}

/** Sums and gauges, each with five data points, whose times differ between requests. */
function prepareMetrics(): PreparedRequest {
  const metrics = Array.from({ length: METRICS }, (_, i) => {
    const dataPoints = Array.from({ length: ITEMS / METRICS }, (_, j) => ({
      timeUnixNano: String(TIME_MARK),
      asInt: String(j * 10),
      attributes: [...attributesOf(3), { key: "item", value: { intValue: String(j) } }],
    }));
    const name = `bench.metric.${i}`;
    return i % 2 === 0
      ? { name, unit: "1", gauge: { dataPoints } }
      : { name, unit: "1", sum: { dataPoints, aggregationTemporality: 2, isMonotonic: true } };
  });
  const resourceMetrics = [{ resource, scopeMetrics: [{ scope: { name: "bench" }, metrics }] }];
  const body = Buffer.from(encodeMessage("MetricsData", { resourceMetrics }));
  const mark = Buffer.alloc(8);
  mark.writeBigUInt64LE(TIME_MARK);
  const places: number[] = [];
  for (let at = body.indexOf(mark); at >= 0; at = body.indexOf(mark, at + 1)) places.push(at);
  return { signal: "metrics", body, places, itemCount: ITEMS };
}

/** The id of a numbered trace in the request. */
export function traceId(trace: number, requestNumber: number): string {
  const head = 0xbe9c000000000000n + BigInt(trace);
  return head.toString(16) + requestNumber.toString(16).padStart(16, "0");
}

function spanOf(index: number, traceCount: number): Span {
  const indexInTrace = Math.floor(index / traceCount);
  const start = BigInt(Date.now()) * 1_000_000n + BigInt(index);
  const time = (offset: bigint) => String(start + offset);
  const spanId = (i: number) => (0xabcdef0000000000n + BigInt(i)).toString(16);
  return {
    traceId: traceId(index % traceCount, 0),
    spanId: spanId(index),
    ...indexInTrace > 0 && { parentSpanId: spanId(index % traceCount) },
    name: `GET /items/${index % 10}`,
    kind: indexInTrace === 0 ? 2 : 1,
    startTimeUnixNano: time(0n),
    endTimeUnixNano: time(1_500_000n),
    attributes: attributesOf(ATTRIBUTES),
    events: [{
      timeUnixNano: time(1_000_000n),
      name: "cache.miss",
      attributes: [{ key: "key", value: { stringValue: `item:${index}` } }],
    }],
  };
}

function attributesOf(count: number): KeyValue[] {
  return Array.from({ length: count }, (_, i) => ({
    key: `bench.attribute.${i}`,
    value: i % 2 === 0 ? { stringValue: `value ${i}` } : { intValue: String(i * 1000) },
  }));
}
