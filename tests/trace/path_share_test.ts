import { assertEquals } from "@std/assert";
import { criticalPath } from "../../lib/trace/critical_path.ts";
import { largestPathShare } from "../../lib/trace/path_share.ts";
import { readTrace } from "../../lib/trace/spans.ts";
import { buildTree } from "../../lib/trace/tree.ts";
import { repeatingTrace, shopTrace, spanId } from "../helpers/page_traces.ts";

const MILLI = 1e6;

Deno.test("largestPathShare() names the span with the most time on the critical path", () => {
  const share = largestOf(shopTrace());
  assertEquals([share?.span.spanId, share?.count, share?.nanos], [spanId("d2"), 1, 90 * MILLI]);
  assertEquals(largestPathShare([], []), undefined);
});

Deno.test("largestPathShare() adds up equal spans, none of which is long", () => {
  const share = largestOf(repeatingTrace(180, (index) => index === 9 ? { forMillis: 8 } : {}));
  assertEquals([share?.span.name, share?.count], ["SELECT items", 180]);
  assertEquals(Math.round(share!.nanos / MILLI), 180 * 7 + 1);
  assertEquals(share!.span.durationNanos, 8 * MILLI, "the longest of them");
});

function largestOf({ data }: ReturnType<typeof shopTrace>) {
  const roots = buildTree(readTrace(data).spans);
  return largestPathShare(roots, criticalPath(roots[0]));
}
