import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { criticalPath } from "../../lib/trace/critical_path.ts";
import { flameFrames } from "../../lib/page/views/trace/flame.ts";
import { buildSequence, toMermaid } from "../../lib/page/views/trace/sequence.ts";
import { readTrace } from "../../lib/trace/spans.ts";
import { buildTree, type TreeNode, walk } from "../../lib/trace/tree.ts";
import { hostileTrace, shopTrace, sketchTrace, spanId } from "../helpers/page_traces.ts";

const MILLI = 1e6;

Deno.test("readTrace() counts a duplicate span once, and times from the first start", () => {
  const { data } = shopTrace();
  const twice = { resourceSpans: [...data.resourceSpans!, ...data.resourceSpans!] };
  const { spans, durationNanos } = readTrace(twice);
  assertEquals(spans.length, 9);
  assertEquals(durationNanos, 182.4 * MILLI);
  assertEquals(spans[0]!.startNanos, 0);
  assertEquals(readTrace({}).spans, []);
});

Deno.test("buildTree() puts a placeholder for a missing parent above its children", () => {
  const roots = treeOf(shopTrace());
  assertEquals(roots.map(({ spanId }) => spanId), [spanId("a1"), spanId("ff")]);
  assertEquals(roots[0]!.descendantCount, 7);
  assertEquals(roots[1]!.span, undefined);
  assertEquals(roots[1]!.durationNanos, 40 * MILLI);
});

Deno.test("buildTree() shows every span once, whatever their parents", () => {
  const parents = fc.array(fc.nat({ max: 14 }), { minLength: 1, maxLength: 12 });
  fc.assert(fc.property(parents, (parents) => {
    const trace = sketchTrace(
      "1".padStart(32, "0"),
      parents.map((parent, index) => ({
        id: `${index + 1}`,
        ...(parent > 0 && { parent: `${parent}` }),
        serviceName: "s",
        name: "n",
        atMillis: index,
        forMillis: 5,
      })),
    );
    const roots = treeOf(trace);
    const ids = [...walk(roots)].filter(({ span }) => span).map(({ spanId }) => spanId);
    assertEquals(ids.toSorted(), parents.map((_, index) => spanId(`${index + 1}`)).toSorted());
    const path = criticalPath(roots[0]);
    for (const [index, segment] of path.entries()) {
      assert(segment.endNanos > segment.startNanos);
      if (index > 0) assert(segment.startNanos >= path[index - 1]!.endNanos);
    }
  }));
});

Deno.test("criticalPath() follows the child that ended last, and fills the whole root", () => {
  const [root] = treeOf(shopTrace());
  const path = criticalPath(root);
  const total = path.reduce((sum, { startNanos, endNanos }) => sum + endNanos - startNanos, 0);
  assertEquals(Math.round(total), 182.4 * MILLI);
  const own = (id: string) =>
    path.filter((segment) => segment.spanId === spanId(id))
      .reduce((sum, { startNanos, endNanos }) => sum + endNanos - startNanos, 0);
  assertEquals(own("d2"), 90 * MILLI);
  // It ran in parallel with d2, which ended later: only the time before d2 counts.
  assertEquals(own("d1"), 8 * MILLI);
  assertEquals(own("b2"), 11 * MILLI);
  assertEquals(criticalPath(undefined), []);
});

Deno.test("criticalPath() clips a child that overlaps the next one instead of dropping it", () => {
  const [root] = treeOf(sketchTrace("4".padStart(32, "0"), [
    { id: "1", serviceName: "s", name: "root", atMillis: 0, forMillis: 500 },
    { id: "2", parent: "1", serviceName: "s", name: "slow", atMillis: 10, forMillis: 414.4 },
    { id: "3", parent: "1", serviceName: "s", name: "next", atMillis: 424, forMillis: 50 },
  ]));
  assertEquals(
    criticalPath(root).map(({ spanId, startNanos, endNanos }) => [
      Number(spanId),
      startNanos / MILLI,
      endNanos / MILLI,
    ]),
    [[1, 0, 10], [2, 10, 424], [3, 424, 474], [1, 474, 500]],
  );
});

Deno.test("criticalPath() gives each instant to the span that was waited for", () => {
  const spans = fc.array(
    fc.record({ parent: fc.nat({ max: 8 }), at: fc.nat({ max: 20 }), for: fc.nat({ max: 20 }) }),
    { minLength: 1, maxLength: 9 },
  );
  fc.assert(fc.property(spans, (spans) => {
    const trace = sketchTrace(
      "1".padStart(32, "0"),
      spans.map(({ parent, at, for: forMillis }, index) => ({
        id: `${index + 1}`,
        // Only earlier spans can be parents.
        ...(index > 0 && { parent: `${parent % index + 1}` }),
        serviceName: "s",
        name: "n",
        atMillis: at,
        forMillis,
      })),
    );
    const [root] = treeOf(trace);
    const seen = criticalPath(root).flatMap(({ spanId, startNanos, endNanos }) =>
      range(startNanos / MILLI, endNanos / MILLI).map((millis) => `${millis} ${spanId}`)
    );
    const { startNanos, durationNanos } = root!;
    const from = Math.round(startNanos / MILLI);
    const until = from + Math.round(durationNanos / MILLI);
    assertEquals(seen, waitedFor(root!, from, until));
  }));
});

/**
 * The critical path, millisecond by millisecond from the end. Of the spans running at that point, the one
 * that ended last was waited for, back to its own start.
 */
function waitedFor(node: TreeNode, from: number, until: number): string[] {
  const startOf = ({ startNanos }: TreeNode) => Math.round(startNanos / MILLI);
  const endOf = (child: TreeNode) => startOf(child) + Math.round(child.durationNanos / MILLI);
  const path: string[] = [];
  let millis = until;
  while (millis > from) {
    const running = node.children.filter((child) =>
      startOf(child) < millis && endOf(child) >= millis && endOf(child) > startOf(child)
    );
    const last = Math.max(...running.map(endOf));
    const first = Math.min(...running.filter((child) => endOf(child) === last).map(startOf));
    const child = running.find((child) => endOf(child) === last && startOf(child) === first);
    const since = child ? Math.max(from, first) : millis - 1;
    path.unshift(...(child ? waitedFor(child, since, millis) : [`${since} ${node.spanId}`]));
    millis = since;
  }
  return path;
}

/** The integers from the first up to, but excluding, the second. */
function range(first: number, end: number): number[] {
  const from = Math.round(first);
  return Array.from({ length: Math.round(end) - from }, (_, index) => from + index);
}

Deno.test("flameFrames() add up by name, within their parent", () => {
  const roots = treeOf(sketchTrace("2".padStart(32, "0"), [
    { id: "1", serviceName: "s", name: "root", atMillis: 0, forMillis: 10 },
    { id: "2", parent: "1", serviceName: "s", name: "query", atMillis: 0, forMillis: 9 },
    { id: "3", parent: "1", serviceName: "s", name: "query", atMillis: 0, forMillis: 6 },
    { id: "4", parent: "1", serviceName: "s", name: "render", atMillis: 0, forMillis: 5 },
  ]));
  const frames = flameFrames(roots);
  assertEquals(frames.map(({ name, count, depth }) => [name, count, depth]), [
    ["root", 1, 0],
    ["query", 2, 1],
    ["render", 1, 1],
  ]);
  const [, query, render] = frames;
  assertEquals(query!.totalNanos, 15 * MILLI);
  assertEquals(query!.spanId, spanId("2"));
  assertEquals([query!.left, query!.width, render!.left, render!.width], [0, 0.75, 0.75, 0.25]);
});

Deno.test("buildSequence() has calls between services and their answers in the order of time", () => {
  const { participants, messages, leftOut } = buildSequence(treeOf(shopTrace()));
  assertEquals(leftOut, 0);
  assertEquals(participants.slice(0, 3), ["client", "web-gateway", "accounts"]);
  assertEquals(messages.filter(({ isError }) => isError).map(({ from }) => from), [
    "payments-with-a-rather-long-service-name",
    "web-gateway",
  ]);
  const times = messages.map(({ timeNanos }) => timeNanos);
  assertEquals(times, times.toSorted((a, b) => a - b));
  // Nothing waits for a consumer.
  assertEquals(messages.filter(({ from }) => from === "mailer"), []);
  assertEquals(buildSequence(treeOf(shopTrace()), 2).leftOut, messages.length - 2);
});

Deno.test("buildSequence() puts an answer before the next call that rounded clocks let overlap", () => {
  const { messages } = buildSequence(treeOf(sketchTrace("5".padStart(32, "0"), [
    { id: "1", serviceName: "shop", name: "root", atMillis: 0, forMillis: 60 },
    { id: "2", parent: "1", serviceName: "bank", name: "first", atMillis: 10, forMillis: 20.4 },
    { id: "3", parent: "1", serviceName: "mail", name: "second", atMillis: 30, forMillis: 30.7 },
    // It truly runs in parallel with the second one.
    { id: "4", parent: "1", serviceName: "stock", name: "third", atMillis: 40, forMillis: 5 },
  ])));
  assertEquals(messages.map(({ from, to }) => `${from} ${to}`), [
    "shop bank",
    "bank shop",
    "shop mail",
    "shop stock",
    "stock shop",
    "mail shop",
  ]);
  // No response is later than the parent's.
  assertEquals(messages.at(-1)!.timeNanos, 60 * MILLI);
});

Deno.test("toMermaid() escapes senders' names for Mermaid", () => {
  const text = toMermaid(buildSequence(treeOf(hostileTrace())));
  assertEquals(text.split("\n")[0], "sequenceDiagram");
  assert(!/[<>"]script/.test(text), text);
  assert(text.includes("participant p0 as client"));
  for (const line of text.trimEnd().split("\n").slice(1)) {
    assert(/^ {2}(participant p\d+ as |p\d+(->>|-->>|--x)p\d+: )/.test(line), line);
  }
});

function treeOf({ data }: ReturnType<typeof shopTrace>) {
  return buildTree(readTrace(data).spans);
}

Deno.test("readTrace() distinguishes spans with one ID, with a server below its client", () => {
  const shared = (kind: number, serviceName: string, startTimeUnixNano: string) => ({
    resource: { attributes: [{ key: "service.name", value: { stringValue: serviceName } }] },
    scopeSpans: [{ spans: [{ spanId: "aa", kind, startTimeUnixNano }] }],
  });
  const { spans } = readTrace({ resourceSpans: [shared(3, "shop", "1"), shared(2, "bank", "2")] });
  assertEquals(spans.map(({ spanId, parentSpanId }) => [spanId, parentSpanId]), [
    ["aa", ""],
    ["aa 2", "aa"],
  ]);
});
