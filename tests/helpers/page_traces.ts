import type { AnyValue, KeyValue, Span } from "../../lib/otlp/json.ts";
import { type PageTrace, pageTrace } from "./page_collector.ts";

/** When the traces begin by default. */
export const START_UNIX_MS = Date.UTC(2026, 10, 22, 14, 3, 22, 481);
const ERROR = 2;

/** A span by its position in the trace, in milliseconds. */
export interface SpanSketch extends Span {
  serviceName: string;
  id: string;
  parent?: string;
  atMillis: number;
  forMillis: number;
}

/** A shop's request through four services that fails in the third. It begins at the given milliseconds. */
export function shopTrace(traceId = "5b8efff798038103d269b633813fc60c", atMillis = 0): PageTrace {
  const trace = sketchTrace(traceId, [
    {
      id: "a1",
      serviceName: "web-gateway",
      name: "POST /checkout",
      kind: 2,
      atMillis,
      forMillis: 182.4,
      status: { code: ERROR },
      attributes: attributes({
        "http.request.method": "POST",
        "http.route": "/checkout",
        "http.response.status_code": 500,
        "url.path": "/checkout",
        "url.scheme": "http",
        "server.address": "127.0.0.1",
        "server.port": 5003,
        "network.protocol.version": "1.1",
        "user_agent.original": "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0.0.0 Safari/537.36",
        "shop.cart": [{ sku: "A-1" }, { sku: "B-2" }],
        "error.type": "500",
      }),
    },
    {
      id: "a2",
      parent: "a1",
      serviceName: "web-gateway",
      name: "authenticate",
      kind: 1,
      atMillis: atMillis + 2,
      forMillis: 21,
    },
    {
      id: "b1",
      parent: "a2",
      serviceName: "accounts",
      name: "GET /sessions/:id",
      kind: 2,
      atMillis: atMillis + 4.5,
      forMillis: 16.2,
    },
    {
      id: "b2",
      parent: "b1",
      serviceName: "accounts",
      name: "SELECT sessions",
      kind: 3,
      atMillis: atMillis + 6,
      forMillis: 11,
    },
    {
      id: "a3",
      parent: "a1",
      serviceName: "web-gateway",
      name: "POST",
      kind: 3,
      atMillis: atMillis + 26,
      forMillis: 150,
    },
    {
      id: "c1",
      parent: "a3",
      serviceName: "payments-with-a-rather-long-service-name",
      name: "POST /payments",
      kind: 2,
      atMillis: atMillis + 29,
      forMillis: 143,
      status: { code: ERROR, message: "Division by zero" },
      links: [{ traceId: "0af7651916cd43dd8448eb211c80319c", spanId: "b7ad6b7169203331" }],
      attributes: attributes({
        "http.route": "/payments",
        "http.response.status_code": 500,
        "error.type": "RangeError",
      }),
      events: [
        {
          name: "card checked",
          timeUnixNano: nanosAt(atMillis + 60),
          attributes: attributes({ "card.brand": "VISA" }),
        },
        {
          name: "exception",
          timeUnixNano: nanosAt(atMillis + 168),
          attributes: attributes({
            "exception.type": "RangeError",
            "exception.message": "Division by zero",
            "exception.stacktrace":
              "RangeError: Division by zero\n    at divide (apps/base.ts:19:11)\n    at pay (apps/base.ts:44:3)",
          }),
        },
      ],
    },
    {
      id: "d1",
      parent: "c1",
      serviceName: "ledger",
      name: "INSERT payments",
      kind: 3,
      atMillis: atMillis + 62,
      forMillis: 38,
    },
    {
      id: "d2",
      parent: "c1",
      serviceName: "ledger",
      name: "SELECT balance",
      kind: 3,
      atMillis: atMillis + 70,
      forMillis: 90,
    },
    {
      id: "e1",
      parent: "ff",
      serviceName: "mailer",
      name: "send receipt",
      kind: 5,
      atMillis: atMillis + 120,
      forMillis: 40,
    },
  ]);
  const root = trace.summary.root;
  return {
    ...trace,
    hints: [{
      id: "parent-missing",
      title: "A parent has not arrived",
      advice: "The service between does not send its spans, or its sampler left this one out.",
      evidence: { traceId, spanId: spanId("e1"), detail: `parentSpanId ${spanId("ff")}` },
      tutorial: "3-manual.md#step-8",
    }],
    logs: [{
      sequence: 1,
      timeUnixNano: nanosAt(atMillis + 168),
      severityNumber: 17,
      severityText: "ERROR",
      body: { stringValue: "payment failed" },
      eventName: "",
      attributes: [],
      traceId,
      spanId: spanId("c1"),
      serviceName: root.serviceName,
      scopeName: "tests",
      scopeVersion: "",
      scopeAttributes: [],
      resource: [],
    }],
  };
}

/** A short trace of one span. */
export function smallTrace(index: number, name = `GET /items/${index}`): PageTrace {
  return sketchTrace(hex(index + 1, 32), [
    {
      id: "a1",
      serviceName: ["auto", "middleware", "manual"][index % 3]!,
      name,
      kind: 2,
      atMillis: index * 40,
      forMillis: 0.4 + (index * 7 % 23) / 10,
      ...(index % 7 === 3 && { status: { code: ERROR } }),
    },
  ]);
}

/** Every place that shows a sender's text contains markup, handlers, and script URLs. */
export function hostileTrace(): PageTrace {
  const script = `"><script>window.hacked=1</script><img src=x onerror="window.hacked=1">`;
  const address = "javascript:window.hacked=1";
  const trace = sketchTrace(hex(0xbad, 32), [
    {
      id: "a1",
      serviceName: `svc ${script}`,
      name: `GET ${script} </script><!--`,
      kind: 2,
      atMillis: 0,
      forMillis: 9,
      status: { code: ERROR, message: script },
      attributes: attributes({
        [script]: script,
        "url.full": address,
        "http.route": `</style>${script}`,
      }),
      links: [{ traceId: `../${script}`, spanId: address, attributes: attributes({ a: script }) }],
      events: [{
        name: "exception",
        timeUnixNano: nanosAt(1),
        attributes: attributes({
          "exception.type": script,
          "exception.message": script,
          "exception.stacktrace": script,
        }),
      }, { name: script, timeUnixNano: nanosAt(2), attributes: attributes({ [address]: script }) }],
    },
    {
      id: "b1",
      parent: "a1",
      serviceName: address,
      name: address,
      kind: 2,
      atMillis: 1,
      forMillis: 2,
    },
  ]);
  return {
    ...trace,
    hints: [{
      id: "old-convention",
      title: script,
      advice: script,
      evidence: { detail: script },
      tutorial: address,
    }],
  };
}

/** A trace with many spans: a tree in which each span has up to ten children. */
export function bigTrace(count: number): PageTrace {
  return sketchTrace(
    hex(count, 32),
    Array.from({ length: count }, (_, index) => ({
      id: hex(index + 1, 6),
      ...(index > 0 && { parent: hex(Math.floor((index - 1) / 10) + 1, 6) }),
      serviceName: `service-${index % 5}`,
      name: `step ${index}`,
      kind: 1,
      atMillis: index / 10,
      forMillis: Math.max(1, (count - index) / 10),
    })),
  );
}

/** A span with many equal calls below it, between two other spans. The fourth call fails. */
export function repeatingTrace(
  count: number,
  change: (index: number) => Partial<SpanSketch> = () => ({}),
): PageTrace {
  const inside = { parent: "a1", serviceName: "shop" };
  return sketchTrace("7".repeat(32), [
    { id: "a1", serviceName: "shop", name: "GET /orders", kind: 2, atMillis: 0, forMillis: 2_000 },
    { ...inside, id: "b1", name: "begin", kind: 1, atMillis: 1, forMillis: 4 },
    ...Array.from({ length: count }, (_, index) => ({
      ...inside,
      id: `c${hex(index, 6)}`,
      name: "SELECT items",
      kind: 3,
      atMillis: 10 + index * 10,
      forMillis: 7,
      ...(index === 3 && { status: { code: ERROR } }),
      ...change(index),
    })),
    { ...inside, id: "d1", name: "end", kind: 1, atMillis: 1_990, forMillis: 4 },
  ]);
}

/** Builds the spans of a trace from their sketches. */
export function sketchTrace(traceId: string, sketches: SpanSketch[]): PageTrace {
  return pageTrace(sketches.map(({ id, parent, atMillis, forMillis, ...span }) => ({
    traceId,
    spanId: spanId(id),
    ...(parent !== undefined && { parentSpanId: spanId(parent) }),
    startTimeUnixNano: nanosAt(atMillis),
    endTimeUnixNano: nanosAt(atMillis + forMillis),
    ...span,
  })));
}

export function spanId(id: string): string {
  return id.padStart(16, "0");
}

export function attributes(values: Record<string, unknown>): KeyValue[] {
  return Object.entries(values).map(([key, value]) => ({ key, value: toAnyValue(value) }));
}

function toAnyValue(value: unknown): AnyValue {
  if (typeof value === "number") {
    return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  }
  if (Array.isArray(value)) return { arrayValue: { values: value.map(toAnyValue) } };
  if (typeof value === "object" && value !== null) {
    return { kvlistValue: { values: attributes(value as Record<string, unknown>) } };
  }
  return { stringValue: String(value) };
}

/** A time in milliseconds after the start of the traces. */
export function nanosAt(millis: number): string {
  return String(BigInt(START_UNIX_MS) * 1_000_000n + BigInt(Math.round(millis * 1e6)));
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}
