import { assertEquals } from "@std/assert";
import {
  hasClosed,
  isOpen,
  type OpenRows,
  visibleRows,
  withRow,
  withSpanShown,
} from "../../lib/trace/rows.ts";
import { readTrace } from "../../lib/trace/spans.ts";
import { buildTree } from "../../lib/trace/tree.ts";
import { repeatingTrace, shopTrace, spanId } from "../helpers/page_traces.ts";

const DEFAULT: OpenRows = { all: undefined, changed: new Set() };

Deno.test("visibleRows() leaves out the descendants of a closed span", () => {
  const roots = treeOf(shopTrace());
  const all = visibleRows(roots, DEFAULT);
  assertEquals(all.length, 10);
  assertEquals(all.map(({ level }) => level), [1, 2, 3, 4, 2, 3, 4, 4, 1, 2]);
  assertEquals(all[3]!.parentIndex, 2);
  assertEquals(hasClosed(all), false);
  const some = visibleRows(
    roots,
    withRow(withRow(DEFAULT, spanId("a2"), false), spanId("ff"), false),
  );
  assertEquals(some.length, 7);
  assertEquals(hasClosed(some), true);
  assertEquals(visibleRows(roots, { all: "closed", changed: new Set() }).length, 2);
});

Deno.test("visibleRows() shows equal spans as one row until it is opened", () => {
  const roots = treeOf(repeatingTrace(140));
  const rows = visibleRows(roots, DEFAULT);
  assertEquals(rows.map(({ fold }) => fold?.nodes.length), [undefined, undefined, 140, undefined]);
  const fold = rows[2]!;
  assertEquals([fold.isOpen, fold.positionInSet, fold.setSize], [false, 2, 3]);
  const opened = visibleRows(roots, withRow(DEFAULT, fold.id, true));
  assertEquals(opened.length, 4 + 140);
  assertEquals([opened[3]!.level, opened[3]!.parentIndex, opened[3]!.setSize], [3, 2, 140]);
  assertEquals(visibleRows(roots, { all: "open", changed: new Set() }).length, 4 + 140);
});

Deno.test("withRow() changes one row, and forgets it once it is as before", () => {
  const closed = withRow(DEFAULT, "a", false);
  assertEquals(isOpen(closed, "a"), false);
  assertEquals(withRow(closed, "a", false), closed);
  assertEquals(withRow(closed, "a", true), DEFAULT);
});

Deno.test("withSpanShown() opens the fold and the parents of a span, and nothing else", () => {
  const roots = treeOf(repeatingTrace(20));
  const member = roots[0]!.children[5]!;
  for (const all of [undefined, "closed"] as const) {
    const open = withSpanShown(roots, { all, changed: new Set() }, member.spanId);
    const rows = visibleRows(roots, open);
    assertEquals(rows.some(({ id }) => id === member.spanId), true);
    assertEquals(withSpanShown(roots, open, member.spanId), open);
  }
  assertEquals(withSpanShown(roots, DEFAULT, "ee"), DEFAULT);
});

function treeOf({ data }: ReturnType<typeof shopTrace>) {
  return buildTree(readTrace(data).spans);
}
