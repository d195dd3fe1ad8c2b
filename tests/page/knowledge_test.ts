import { assertEquals } from "@std/assert";
import type { LogEntry } from "../../lib/collector/model.ts";
import type { Span, TracesData } from "../../lib/otlp/json.ts";
import { knowledgeOf, SUBJECTS, thrownAt } from "../../lib/page/views/compare/knowledge.ts";

const SERVICE = { key: "service.name", value: { stringValue: "shop" } };

Deno.test("knowledgeOf() reads span, event, exception with its line, and duration", () => {
  const known = knowledgeOf(
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
    [],
    "shop",
  );
  assertEquals(known, {
    span: [{ text: "root", depth: 0, isError: true }],
    event: [{ text: "root_event", detail: "at 100 µs" }],
    exception: [{ text: "RangeError: Division by zero", detail: "apps/base.ts:9", isError: true }],
    route: [],
    status: [],
    client: [],
    headers: [],
    logs: [],
    duration: [{ text: "1.2 ms" }],
  });
});

Deno.test("knowledgeOf() reads HTTP attributes and logs, and ignores other services", () => {
  const spans = [{
    name: "GET /",
    spanId: "a1",
    attributes: [
      text("http.route", "/"),
      { key: "http.response.status_code", value: { intValue: "200" } },
      text("client.address", "::1"),
      text("http.request.header.accept", "*/*"),
      text("http.response.header.content-type", "text/plain"),
    ],
  }, { name: "read", spanId: "b2", parentSpanId: "a1", startTimeUnixNano: "5" }];
  const logs = ["shop", "shop", "shop", "shop", "other"].map((name) => logOf(name, 17, "a\nb"));
  const known = knowledgeOf(trace(spans), logs, "shop")!;
  const texts = SUBJECTS.map((subject) => known[subject].map(({ text }) => text));
  assertEquals(texts, [
    ["GET /", "read"],
    [],
    [],
    ["/"],
    ["200"],
    ["::1"],
    ["2 headers"],
    ["ERROR a", "ERROR a", "ERROR a", "and 1 more"],
    [],
  ]);
  assertEquals(known.span.map(({ depth }) => depth), [0, 1]);
  assertEquals(knowledgeOf(trace(spans), logs, "other"), undefined);
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

function logOf(serviceName: string, severityNumber: number, body: string): LogEntry {
  return {
    sequence: 1,
    timeUnixNano: "1",
    severityNumber,
    severityText: "",
    body: { stringValue: body },
    eventName: "",
    attributes: [],
    traceId: "",
    spanId: "",
    serviceName,
    scopeName: "",
    scopeVersion: "",
    scopeAttributes: [],
    resource: [],
  };
}
