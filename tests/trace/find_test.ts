import { assertEquals } from "@std/assert";
import { findSpans } from "../../lib/trace/find.ts";
import { readTrace } from "../../lib/trace/spans.ts";
import { buildTree } from "../../lib/trace/tree.ts";
import { shopTrace, spanId } from "../helpers/page_traces.ts";

Deno.test("findSpans() reads a query, and otherwise looks for the text itself", () => {
  const trace = readTrace(shopTrace().data);
  const roots = buildTree(trace.spans);
  const find = (text: string) => findSpans(trace, roots, text).map(({ spanId }) => spanId);
  for (
    const [text, ...ids] of [
      ["service:ledger", "d1", "d2"],
      ["status:error", "a1", "c1"],
      ["service:ledger duration>80ms", "d2"],
      ["service:ledger trace.duration>180ms", "d1", "d2"],
      ["service:ledger trace.duration>190ms"],
      ["not status:error service:web-gateway", "a2", "a3"],
      ["kind:consumer", "e1"],
      ["span:00000000000000b2", "b2"],
      ["card.brand=VISA", "c1"],
      ["DIVISION by zero", "c1"],
      // This would be a field in a query.
      ["GET /sessions/:id", "b1"],
      // These are no queries.
      ["(apps/base.ts", "c1"],
      ['"division', ...[]],
      ["nowhere"],
      ["  "],
    ] as [string, ...string[]][]
  ) assertEquals(find(text), ids.map((id) => spanId(id)), text);
});
