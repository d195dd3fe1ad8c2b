import { assertEquals } from "@std/assert";
import type { Span, TracesData } from "../../lib/otlp/json.ts";
import { factsOf, thrownAt } from "../../lib/page/views/compare/knowledge.ts";

const SERVICE = { key: "service.name", value: { stringValue: "shop" } };

Deno.test("factsOf() lists span, event, exception with its line, and missing facts", () => {
  const facts = factsOf(
    trace([{
      spanId: "a1",
      name: "root",
      startTimeUnixNano: "1000000",
      endTimeUnixNano: "2200000",
      status: { code: 2, message: "Division by zero" },
      events: [
        { name: "root_event", timeUnixNano: "1100000" },
        {
          name: "exception",
          timeUnixNano: "2000000",
          attributes: [
            text("exception.type", "RangeError"),
            text("exception.message", "Division by zero"),
            text("exception.stacktrace", "RangeError: x\n    at f (file:///a/apps/base.ts:9:40)"),
          ],
        },
      ],
    }]),
    "shop",
  );
  assertEquals(facts.map(({ kind, text, time }) => [kind, text, time].filter(Boolean).join(" ")), [
    "span root 1.2 ms",
    "event root_event at 100 µs",
    "exception RangeError: Division by zero",
    "place apps/base.ts:9",
    "missing no route, no status",
  ]);
});

Deno.test("factsOf() counts headers and ignores other services", () => {
  const spans = [{
    name: "GET /",
    attributes: [
      text("http.route", "/"),
      { key: "http.response.status_code", value: { intValue: "200" } },
      text("http.request.header.accept", "*/*"),
      text("http.response.header.content-type", "text/plain"),
    ],
  }];
  assertEquals(factsOf(trace(spans), "shop").map(({ text }) => text), [
    "GET /",
    "route /",
    "status 200",
    "2 headers",
  ]);
  assertEquals(factsOf(trace(spans), "other"), []);
});

Deno.test("thrownAt() reads the first frame of the usual engines' stacks", () => {
  assertEquals(
    thrownAt("E: x\n    at file:///home/me/kit/apps/base.ts:9:40\n    at y"),
    "apps/base.ts:9",
  );
  assertEquals(thrownAt("E: x\n    at Object.f (C:\\kit\\apps\\base.ts:3:1)"), "apps/base.ts:3");
  assertEquals(thrownAt("no frames here"), undefined);
});

function trace(spans: Span[]): TracesData {
  return { resourceSpans: [{ resource: { attributes: [SERVICE] }, scopeSpans: [{ spans }] }] };
}

function text(key: string, stringValue: string) {
  return { key, value: { stringValue } };
}
