import type { KeyValue, Span, TracesData } from "../../lib/otlp/json.ts";

/** A trace of two services that ends now, with an error, events, and values of every type. */
export function recordedTrace(traceId: string): TracesData {
  const start = BigInt(Date.now() - 1000) * 1_000_000n;
  const at = (millis: number) => String(start + BigInt(millis) * 1_000_000n);
  return {
    resourceSpans: [
      {
        resource: { attributes: [text("service.name", "Shop"), text("service.version", "1.2")] },
        scopeSpans: [{
          scope: { name: "test" },
          spans: [
            {
              traceId,
              spanId: "a000000000000001",
              name: "GET /Items",
              kind: 2,
              startTimeUnixNano: at(0),
              endTimeUnixNano: at(100),
              attributes: [
                text("http.route", "/Items"),
                { key: "http.response.status_code", value: { intValue: "500" } },
                { key: "share", value: { doubleValue: 0.5 } },
                { key: "cached", value: { boolValue: true } },
                { key: "sizes", value: { arrayValue: { values: [{ intValue: "1" }] } } },
              ],
              events: [
                { timeUnixNano: at(10), name: "root_event" },
                {
                  timeUnixNano: at(20),
                  name: "exception",
                  attributes: [text("exception.type", "RangeError")],
                },
              ],
              status: { code: 2, message: "Division by zero" },
            },
            {
              traceId,
              spanId: "a000000000000002",
              parentSpanId: "a000000000000001",
              name: "work",
              kind: 1,
              startTimeUnixNano: at(30),
              endTimeUnixNano: at(60),
              status: {},
            },
          ],
        }],
      },
      {
        resource: { attributes: [text("service.name", "Stock")] },
        scopeSpans: [{
          spans: [{
            traceId,
            spanId: "b000000000000003",
            parentSpanId: "a000000000000002",
            name: "GET /stock",
            kind: 2,
            startTimeUnixNano: at(40),
            endTimeUnixNano: at(50),
            status: { code: 2 },
          }],
        }],
      },
    ],
  };
}

/** The recorded trace plus calls to a database, to a service that reports spans, and to a queue. */
export function recordedCalls(traceId: string): TracesData {
  const data = recordedTrace(traceId);
  const [shop, stock] = data.resourceSpans!.map(({ scopeSpans }) => scopeSpans![0]!.spans!);
  const work = shop!.find(({ name }) => name === "work")!;
  const call = (spanId: string, more: Span): Span => ({ ...work, spanId, ...more });
  shop!.push(
    call("a000000000000004", {
      name: "SELECT",
      kind: 3,
      attributes: [text("peer.service", "Database")],
    }),
    call("a000000000000005", {
      name: "GET",
      kind: 3,
      parentSpanId: work.spanId!,
      status: { code: 2 },
    }),
  );
  stock!.push(
    call("b000000000000006", { name: "GET /more", kind: 2, parentSpanId: "a000000000000005" }),
  );
  return data;
}

function text(key: string, stringValue: string): KeyValue {
  return { key, value: { stringValue } };
}
