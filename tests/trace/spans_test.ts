import { assertEquals } from "@std/assert";
import { readTrace } from "../../lib/trace/spans.ts";

Deno.test("readTrace() draws a span without times at the start of the trace", () => {
  const times = {
    startTimeUnixNano: "1700000000000000000",
    endTimeUnixNano: "1700000000000000009",
  };
  const spans = [{ spanId: "1" }, { spanId: "2", ...times }, { spanId: "3", endTimeUnixNano: "0" }];
  const trace = readTrace({ resourceSpans: [{ scopeSpans: [{ spans }] }] });
  assertEquals(trace.durationNanos, 9);
  assertEquals(
    Object.fromEntries(
      trace.spans.map((span) => [span.spanId, [span.startNanos, span.durationNanos]]),
    ),
    { 1: [0, 0], 2: [0, 9], 3: [0, 0] },
  );
});

Deno.test("readTrace() says nothing about the times of spans that have none", () => {
  const { durationNanos, startUnixNanos } = readTrace({
    resourceSpans: [{ scopeSpans: [{ spans: [{ spanId: "1" }] }] }],
  });
  assertEquals([durationNanos, startUnixNanos], [0, 0n]);
});
