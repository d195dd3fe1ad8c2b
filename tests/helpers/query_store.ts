import type {
  LogEntry,
  LogQuery,
  MetricData,
  Services,
  StoreStats,
  TraceQuery,
  TraceSummary,
} from "../../lib/collector/model.ts";
import { findAttribute, listSpans, valueText } from "../../lib/collector/hints/span_table.ts";
import { protobufToJson } from "../../lib/otlp/decode.ts";
import { jsonToProtobuf } from "../../lib/otlp/json_request.ts";
import type { Span, TracesData } from "../../lib/otlp/json.ts";
import type { Signal } from "../../lib/otlp/signal.ts";
import type { Store, StoreChanges } from "../../lib/collector/store/store.ts";

/** A store as simple as can be: it looks at all spans for every question, and keeps no limits. */
export class QueryStore implements Store {
  pendingBytes = 0;
  /** What was asked, to see what reached the store. */
  readonly queries: unknown[] = [];
  readonly cleared: (string | undefined)[] = [];
  readonly listeners = new Set<(changes: StoreChanges) => void>();
  logEntries: LogEntry[] = [];
  metricList: MetricData[] = [];
  lines: string[] = [];
  #received: TracesData[] = [];

  add(signal: Signal, request: Uint8Array<ArrayBuffer>) {
    if (signal === "traces") this.#received.push(protobufToJson("TracesData", request));
    return Promise.resolve({ accepted: 1, rejected: 0, duplicated: 0, serviceNames: [] });
  }

  /** Adds spans from their JSON. */
  addTraces(data: TracesData): void {
    this.add("traces", jsonToProtobuf("traces", data).body);
  }

  services() {
    const names = this.#received.flatMap(listSpans).map(({ serviceName }) => serviceName);
    return Promise.resolve([...new Set(names)].sort());
  }

  operations(serviceName: string) {
    const found = new Map<string, { name: string; kind: number }>();
    for (const { serviceName: owner, span } of this.#received.flatMap(listSpans)) {
      const { name = "", kind = 0 } = span;
      if (owner === serviceName) found.set(`${kind} ${name}`, { name, kind });
    }
    return Promise.resolve([...found.values()]);
  }

  findTraces(query: TraceQuery) {
    this.queries.push(query);
    const ids = this.#find(query);
    return Promise.resolve({
      traces: ids.slice(0, query.limit).map((id) => this.#summary(id)),
      matched: ids.length,
      kept: this.#find().length,
    });
  }

  findSpans(query: TraceQuery) {
    this.queries.push(query);
    const ids = this.#find(query).slice(0, query.limit);
    return Promise.resolve(ids.length > 0 ? this.#data(ids) : undefined);
  }

  trace(traceId: string) {
    return Promise.resolve(this.#find().includes(traceId) ? this.#data([traceId]) : undefined);
  }

  traceSummary(traceId: string) {
    const isKept = this.#find().includes(traceId);
    return Promise.resolve(isKept ? this.#summary(traceId) : undefined);
  }

  serviceStats(windowSeconds: number): Promise<Services> {
    this.queries.push({ windowSeconds });
    return Promise.resolve({ services: [], edges: [] });
  }

  findLogs(query: LogQuery) {
    this.queries.push(query);
    const logs = this.logEntries.filter(({ traceId }) => traceId === (query.traceId ?? traceId));
    return Promise.resolve({ logs: logs.slice(0, query.limit), kept: this.logEntries.length });
  }

  metrics() {
    return Promise.resolve(this.metricList);
  }

  metric(name: string) {
    return Promise.resolve(this.metricList.find((metric) => metric.name === name));
  }

  stats() {
    return Promise.resolve(EMPTY_STATS);
  }

  subscribe(listener: (changes: StoreChanges) => void): Disposable {
    this.listeners.add(listener);
    return { [Symbol.dispose]: () => void this.listeners.delete(listener) };
  }

  /** Tells subscribers of a change. */
  change(changes: Partial<StoreChanges>): void {
    for (const listener of this.listeners) listener({ ...NO_CHANGES, ...changes });
  }

  exportLines() {
    return ReadableStream.from(this.lines.map((line) => new TextEncoder().encode(`${line}\n`)));
  }

  clear(traceId?: string) {
    this.cleared.push(traceId);
    return Promise.resolve();
  }

  [Symbol.asyncDispose]() {
    return Promise.resolve();
  }

  /** Ids of the traces that match, the latest arrival first. */
  #find(query: Partial<TraceQuery> = {}): string[] {
    const matching = this.#received.flatMap(listSpans).filter(({ span, resource, serviceName }) =>
      (!query.serviceName || query.serviceName === serviceName) &&
      (!query.operationName || query.operationName === span.name) &&
      durationOf(span) >= (query.minDurationNanos ?? 0) &&
      durationOf(span) <= (query.maxDurationNanos ?? Infinity) &&
      BigInt(span.startTimeUnixNano ?? 0) >= BigInt(query.startTimeMinUnixNano ?? 0) &&
      BigInt(span.startTimeUnixNano ?? 0) <= BigInt(query.startTimeMaxUnixNano ?? 2n ** 64n) &&
      (query.status !== "error" || span.status?.code === 2) &&
      Object.entries(query.attributes ?? {}).every(([key, text]) =>
        valueText(findAttribute([...resource, ...span.attributes ?? []], key)) === text
      )
    );
    return [...new Set(matching.map(({ span }) => span.traceId ?? ""))].reverse();
  }

  #data(traceIds: string[]): Uint8Array<ArrayBuffer> {
    const resourceSpans = this.#received.flatMap((data) => data.resourceSpans ?? [])
      .map(({ scopeSpans = [], ...rest }) => ({
        ...rest,
        scopeSpans: scopeSpans.map(({ spans = [], ...scope }) => ({
          ...scope,
          spans: spans.filter(({ traceId = "" }) => traceIds.includes(traceId)),
        })).filter(({ spans }) => spans.length > 0),
      })).filter(({ scopeSpans }) => scopeSpans.length > 0);
    return new TextEncoder().encode(JSON.stringify({ resourceSpans }));
  }

  #summary(traceId: string): TraceSummary {
    const spans = this.#received.flatMap(listSpans).filter(({ span }) => span.traceId === traceId);
    const root = spans.find(({ span }) => !span.parentSpanId) ?? spans[0]!;
    const { spanId = "", name = "", kind = 0, startTimeUnixNano = "0" } = root.span;
    return {
      traceId,
      startTimeUnixNano,
      durationNanos: durationOf(root.span),
      spanCount: spans.length,
      errorCount: spans.filter(({ span }) => span.status?.code === 2).length,
      root: { spanId, name, serviceName: root.serviceName, kind },
      hasRoot: !root.span.parentSpanId,
      services: [],
    };
  }
}

const NOTHING = { kept: 0, received: 0, rejected: 0, duplicated: 0, evicted: 0 };

const EMPTY_STATS: StoreStats = {
  signals: { traces: NOTHING, metrics: NOTHING, logs: NOTHING },
  traces: { kept: 0, evicted: 0 },
  series: { kept: 0, refused: 0 },
  bytes: 0,
  maxBytes: 1024,
  maxTraces: 10,
};

const NO_CHANGES: StoreChanges = {
  traces: [],
  isTruncated: false,
  logCount: 0,
  lastLogSequence: 0,
  metricNames: [],
  stats: EMPTY_STATS,
};

function durationOf({ startTimeUnixNano = "0", endTimeUnixNano = "0" }: Span): number {
  return Number(BigInt(endTimeUnixNano) - BigInt(startTimeUnixNano));
}
