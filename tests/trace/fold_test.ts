import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { repeatedCallsHints } from "../../lib/collector/hints/repeated_calls.ts";
import { listSpans } from "../../lib/collector/hints/span_table.ts";
import { type Fold, foldEqual, isFold, MIN_EQUAL } from "../../lib/trace/fold.ts";
import { readTrace } from "../../lib/trace/spans.ts";
import { buildTree, type TreeNode, walk } from "../../lib/trace/tree.ts";
import { repeatingTrace } from "../helpers/page_traces.ts";

const MILLI = 1e6;
const CLIENT = 3;

Deno.test("foldEqual() makes one branch of equal siblings, with their count and sum", () => {
  const [root] = treeOf(repeatingTrace(140));
  const [first, fold, last] = foldEqual(root!.children);
  assertEquals([(first as TreeNode).span!.name, (last as TreeNode).span!.name], ["begin", "end"]);
  assert(fold && isFold(fold));
  assertEquals(fold.nodes.length, 140);
  assertEquals(Math.round(fold.sumNanos / MILLI), 140 * 7);
  assertEquals(fold.errorCount, 1);
  assertEquals(fold.startNanos, fold.nodes[0]!.startNanos);
  assertEquals(foldEqual(root!.children), foldEqual(root!.children), "it is computed once");
});

Deno.test("foldEqual() leaves fewer than ten alone, and spans that differ in anything", () => {
  const [root] = treeOf(repeatingTrace(MIN_EQUAL - 1));
  assertEquals(foldEqual(root!.children), root!.children);
  const [mixed] = treeOf(repeatingTrace(2 * (MIN_EQUAL - 1), (index) => ({ kind: 1 + index % 2 })));
  assertEquals(foldEqual(mixed!.children), mixed!.children);
});

Deno.test("foldEqual() keeps every node exactly once, and folds what the hint about calls counts", () => {
  const kinds = fc.array(fc.nat({ max: 2 }), { maxLength: 60 });
  fc.assert(fc.property(kinds, (kinds) => {
    const trace = repeatingTrace(kinds.length, (index) => ({
      kind: kinds[index]! === 0 ? 1 : CLIENT,
      name: `call ${kinds[index]}`,
    }));
    const folds: Fold[] = [];
    for (const { children } of walk(treeOf(trace))) {
      const branches = foldEqual(children);
      const nodes = branches.flatMap((branch) => isFold(branch) ? branch.nodes : [branch]);
      assertEquals(new Set(nodes), new Set(children));
      assertEquals(nodes.length, children.length);
      folds.push(...branches.filter(isFold));
    }
    const hinted = repeatedCallsHints(listSpans(trace.data)).map(({ evidence }) => evidence.detail);
    const folded = folds.filter(({ nodes }) => nodes[0]!.span!.kind === CLIENT);
    assertEquals(
      hinted.map((detail) => detail.split(",")[0]).toSorted(),
      folded.map(({ nodes }) => `${nodes.length} × "${nodes[0]!.span!.name}"`).toSorted(),
    );
  }));
});

function treeOf({ data }: ReturnType<typeof repeatingTrace>) {
  return buildTree(readTrace(data).spans);
}
