import type { Hint } from "../model.ts";
import { type PlacedSpan, spanEvidence, spanTitle } from "./span_table.ts";
import { MIN_EQUAL } from "../../trace/fold.ts";
import { TUTORIAL } from "./tutorial.ts";

/** OTLP's `SPAN_KIND_CLIENT`. */
const CLIENT = 3;

/** Warns about a span with many equal calls below it: a query for each row of another query ("N+1"), say. */
export function repeatedCallsHints(spans: readonly PlacedSpan[]): Hint[] {
  const calls = spans.filter(({ span }) => span.kind === CLIENT && span.parentSpanId);
  if (calls.length < MIN_EQUAL) return [];
  const groups = Map.groupBy(
    calls,
    ({ span, serviceName }) => JSON.stringify([span.parentSpanId, serviceName, span.name]),
  );
  const repeated = [...groups.values()].filter(({ length }) => length >= MIN_EQUAL);
  if (repeated.length === 0) return [];
  const parents = new Map(spans.map((placed) => [placed.span.spanId, placed]));
  return repeated.sort((a, b) => b.length - a.length).map((group) => {
    const [first] = group;
    const parent = parents.get(first!.span.parentSpanId);
    const name = `"${first!.span.name ?? ""}"`;
    return {
      id: "repeated-calls",
      title: `${parent ? spanTitle(parent) : "A span"} calls ${name} ${group.length} times`,
      advice:
        "Calls one after the other add up, and there are more of them the more data there is. If " +
        "each call asks for one item of a list, ask for all items at once, or cache what doesn't " +
        "change.",
      evidence: {
        ...spanEvidence(first!.span),
        detail: `${group.length} × ${name}, ${millisOf(group)} ms in total`,
      },
      tutorial: TUTORIAL.spanNames,
    };
  });
}

function millisOf(group: readonly PlacedSpan[]): number {
  const nanos = group.reduce((sum, { span }) => {
    const { startTimeUnixNano, endTimeUnixNano } = span;
    if (!startTimeUnixNano || !endTimeUnixNano) return sum;
    return sum + Math.max(0, Number(BigInt(endTimeUnixNano) - BigInt(startTimeUnixNano)));
  }, 0);
  return Number((nanos / 1e6).toPrecision(3));
}
