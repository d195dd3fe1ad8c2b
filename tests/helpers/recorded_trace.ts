import type { KeyValue, TracesData } from "../../lib/otlp/json.ts";

/** A trace of two services, with an error, events and values of every kind, that ends now. */
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

function text(key: string, stringValue: string): KeyValue {
  return { key, value: { stringValue } };
}
