import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { LogEntry } from "../../../lib/collector/model.ts";
import { traceHints } from "../../../lib/collector/hints/trace_hints.ts";
import type { KeyValue, Span } from "../../../lib/otlp/json.ts";

const TRACE_ID = "0123456789abcdef0123456789abcdef";
const END_MS = 1_700_000_000_000;
const LATER = END_MS + 60_000;
const ERROR = { code: 2 };

Deno.test("traceHints() finds nothing in a healthy trace", () => {
  const attributes = [
    text("http.request.method", "GET"),
    text("http.route", "/"),
    text("url.path", "/"),
  ];
  const spans = [span("a", { attributes }), span("b", { parentSpanId: id("a") })];
  assertEquals(hintsOf(spans), []);
});

Deno.test("parent-missing names each parent once, after the time that batches need", () => {
  const spans = [
    span("b", { parentSpanId: id("a") }),
    span("c", { parentSpanId: id("a") }),
    span("d", { parentSpanId: id("b") }),
  ];
  assertEquals(hintsOf(spans, { nowMillis: END_MS + 5_000 }), []);
  const [hint, ...others] = hintsOf(spans);
  assertEquals(others, []);
  assertEquals(hint?.id, "parent-missing");
  assertEquals(hint?.evidence, {
    traceId: TRACE_ID,
    spanId: id("b"),
    detail: `parent span id ${id("a")}`,
  });
  assertStringIncludes(hint?.advice ?? "", "The caller sent a traceparent header");
});

Deno.test("parent-missing has different advice if the parent is in the same process", () => {
  const local = hintsOf([span("b", { parentSpanId: id("a"), flags: 0x101 })]);
  assertStringIncludes(local[0]?.advice ?? "", "The parent is in the same process");
  const remote = hintsOf([span("b", { parentSpanId: id("a"), flags: 0x301 })]);
  assertStringIncludes(remote[0]?.advice ?? "", "The caller sent a traceparent header");
});

Deno.test("service-name-missing distinguishes missing names and SDK placeholders from real names", () => {
  const names: Record<string, boolean> = {
    "": true,
    unknown_service: true,
    "unknown_service:deno": true,
    unknown_service_desk: false,
    shop: false,
  };
  for (const [name, isMissing] of Object.entries(names)) {
    const hints = hintsOf([span("a")], { serviceName: name });
    assertEquals(hints.map(({ id }) => id), isMissing ? ["service-name-missing"] : [], name);
    if (isMissing) assertEquals(hints[0]?.evidence.spanId, id("a"));
  }
});

Deno.test("error-without-exception advises to record the exception", () => {
  const [hint] = hintsOf([span("a", { status: { code: 2, message: "boom" } })]);
  assertEquals(hint?.id, "error-without-exception");
  assertEquals(hint?.evidence, {
    traceId: TRACE_ID,
    spanId: id("a"),
    detail: `status ERROR, "boom"`,
  });
  assertMatch(hint?.advice ?? "", /span\.recordException\(error\)/);
});

Deno.test("error-without-exception names causes only, and equal ones once", () => {
  const failed = (name: string, members: Span) => span(name, { status: ERROR, ...members });
  const spans = [
    failed("a", {}),
    failed("b", { parentSpanId: id("a") }),
    failed("c", { parentSpanId: id("b"), name: "GET /" }),
    failed("d", { parentSpanId: id("b"), name: "GET /" }),
  ];
  const [hint, ...others] = hintsOf(spans);
  assertEquals(others, []);
  assertEquals(hint?.evidence.spanId, id("c"));
  assertMatch(hint?.title ?? "", /^"GET \/".* failed without an exception 2 times$/);
});

Deno.test("error-without-exception accepts an exception on the span or below it", () => {
  const events = [{ name: "exception", attributes: [text("exception.type", "RangeError")] }];
  assertEquals(hintsOf([span("a", { status: ERROR, events })]), []);
  assertEquals(
    hintsOf([
      span("a", { status: ERROR }),
      span("b", { parentSpanId: id("a"), status: ERROR }),
      span("c", { parentSpanId: id("b"), status: ERROR, events }),
    ]),
    [],
  );
  const sibling = [
    span("a"),
    span("b", { parentSpanId: id("a"), status: ERROR }),
    span("c", { parentSpanId: id("a"), status: ERROR, events }),
  ];
  assertEquals(hintsOf(sibling).map(({ evidence }) => evidence.spanId), [id("b")]);
});

Deno.test("error-without-exception accepts a log record or an answer with the reason", () => {
  const failed = span("a", { status: ERROR });
  assertEquals(hintsOf([failed], { logs: [exceptionLog(id("a"))] }), []);
  const answer = { key: "http.response.status_code", value: { intValue: "500" } };
  assertEquals(hintsOf([span("a", { status: ERROR, attributes: [answer] })]), []);
  const named = [answer, text("error.type", "500")];
  assertEquals(hintsOf([span("a", { status: ERROR, attributes: named })]), []);
  // A thrown error has a type, and therefore a stack trace as well.
  const thrown = [answer, text("error.type", "RangeError")];
  assertEquals(hintsOf([span("a", { status: ERROR, attributes: thrown })]).length, 1);
});

Deno.test("error-without-exception handles spans that are each other's parents", () => {
  const events = [{ name: "exception" }];
  const spans = [
    span("a", { parentSpanId: id("b"), status: ERROR, events }),
    span("b", { parentSpanId: id("a"), status: ERROR }),
  ];
  assertEquals(hintsOf(spans), []);
});

Deno.test("old-convention names the new ones, once for each service", () => {
  const attributes = [text("http.method", "GET"), text("http.target", "/a?b")];
  const spans = [span("a", { attributes }), span("b", { attributes })];
  const [hint, ...others] = hintsOf(spans);
  assertEquals(others, []);
  assertEquals(hint?.evidence.detail, "http.method = GET, http.target = /a?b");
  assertEquals(hint?.evidence.spanId, id("a"));
  assertStringIncludes(hint?.title ?? "", "uses 2 old attribute names");
  assertMatch(hint?.advice ?? "", /http\.method is now http\.request\.method/);
  assertMatch(hint?.advice ?? "", /http\.target is now url\.path or url\.query/);
  assertMatch(hint?.advice ?? "", /ATTR_HTTP_REQUEST_METHOD, ATTR_URL_PATH, ATTR_URL_QUERY/);
  const [only] = hintsOf([span("a", { attributes: attributes.slice(0, 1) })]);
  assertStringIncludes(only?.title ?? "", "uses the old name http.method");
});

Deno.test("old-convention ignores spans that follow both conventions", () => {
  const attributes = [text("http.method", "GET"), text("http.request.method", "GET")];
  assertEquals(hintsOf([span("a", { attributes })]), []);
  assertEquals(hintsOf([span("a", { attributes: [text("constructor", "x")] })]), []);
});

Deno.test("traceHints() shows at most ten hints of a kind", () => {
  const spans = Array.from({ length: 50 }, (_, i) => span(`e${i}`, { status: ERROR }));
  assertEquals(hintsOf(spans).length, 10);
});

Deno.test("traceHints() accepts data without any members", () => {
  assertEquals(traceHints({ data: {}, nowMillis: LATER }), []);
  const data = { resourceSpans: [{}, { scopeSpans: [{}, { spans: [{}] }] }] };
  const hints = traceHints({ data, nowMillis: LATER });
  assertEquals(hints.map(({ id }) => id), ["service-name-missing"]);
});

function hintsOf(
  spans: Span[],
  { serviceName = "shop", nowMillis = LATER, logs = [] }: {
    serviceName?: string;
    nowMillis?: number;
    logs?: LogEntry[];
  } = {},
) {
  const resource = { attributes: serviceName ? [text("service.name", serviceName)] : [] };
  return traceHints({
    data: { resourceSpans: [{ resource, scopeSpans: [{ spans }] }] },
    logs,
    nowMillis,
  });
}

function span(name: string, members: Span = {}): Span {
  return {
    traceId: TRACE_ID,
    spanId: id(name),
    name,
    endTimeUnixNano: `${END_MS}000000`,
    ...members,
  };
}

function id(name: string): string {
  return new TextEncoder().encode(name).toHex().padStart(16, "0");
}

function text(key: string, stringValue: string): KeyValue {
  return { key, value: { stringValue } };
}

function exceptionLog(spanId: string): LogEntry {
  return {
    sequence: 1,
    timeUnixNano: "1",
    severityNumber: 17,
    severityText: "ERROR",
    body: {},
    eventName: "",
    attributes: [text("exception.type", "RangeError")],
    traceId: TRACE_ID,
    spanId,
    serviceName: "shop",
    scopeName: "",
    scopeVersion: "",
    scopeAttributes: [],
    resource: [],
  };
}

Deno.test("repeated-calls names a span with many equal calls below it", () => {
  const calls = (count: number, kind = 3) => [
    span("a", { name: "GET /orders" }),
    ...Array.from({ length: count }, (_, index) =>
      span(`c${index}`, {
        parentSpanId: id("a"),
        name: "SELECT",
        kind,
        startTimeUnixNano: "1000000000",
        endTimeUnixNano: "1002500000",
      })),
  ];
  assertEquals(hintsOf(calls(9)), []);
  // Spans within the service cost little.
  assertEquals(hintsOf(calls(20, 1)), []);
  const [hint, ...others] = hintsOf(calls(12), { serviceName: "shop" });
  assertEquals(others, []);
  assertEquals(hint?.id, "repeated-calls");
  assertEquals(hint?.title, '"GET /orders" of shop calls "SELECT" 12 times');
  assertEquals(hint?.evidence, {
    traceId: TRACE_ID,
    spanId: id("c0"),
    detail: '12 × "SELECT", 30 ms in total',
  });
});

Deno.test("span-id-shared names spans with the same id", () => {
  const spans = [span("a", { kind: 3, name: "call" }), span("a", { kind: 2, name: "serve" })];
  const [hint, ...others] = hintsOf(spans);
  assertEquals(others, []);
  assertEquals(hint?.id, "span-id-shared");
  assertStringIncludes(hint?.title ?? "", '"call" of shop and "serve" of shop');
  assertEquals(hint?.evidence.detail, `2 spans with id ${id("a")}`);
});
