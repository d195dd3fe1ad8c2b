import { assertEquals } from "@std/assert";
import { JaegerTrace } from "../../../lib/collector/api/jaeger_ui_spans.ts";
import type { Span } from "../../../lib/otlp/json.ts";

const START = { startTimeUnixNano: "5000000" };
const END = { endTimeUnixNano: "7000000" };
const EVENTS = [{ name: "e" }];

const CASES: [what: string, span: Span, times: [start: number, duration: number], log?: number][] =
  [
    ["both times", { ...START, ...END }, [5000, 2000]],
    ["no end", { ...START, events: EVENTS }, [5000, 0], 5000],
    ["no start", { ...END, events: EVENTS }, [7000, 0], 7000],
  ];
for (const [what, span, times, log] of CASES) {
  Deno.test(`Jaeger's page gets no time that was not sent, from a span with ${what}`, () => {
    const [found] = new JaegerTrace().spansOf({ scopeSpans: [{ spans: [span] }] });
    assertEquals([found!.startTime, found!.duration], times);
    assertEquals(found!.logs[0]?.timestamp, log);
    assertEquals(found!.warnings !== null, log !== undefined);
  });
}
