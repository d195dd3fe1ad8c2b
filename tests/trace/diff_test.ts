import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  changedPlaces,
  changeNanos,
  differenceOf,
  type DiffNode,
  diffTraces,
  listDiff,
  pathChanges,
} from "../../lib/trace/diff.ts";
import { readTrace } from "../../lib/trace/spans.ts";
import { buildTree, longestTree } from "../../lib/trace/tree.ts";
import { repeatingTrace, shopTrace, sketchTrace, type SpanSketch } from "../helpers/page_traces.ts";

const MILLI = 1e6;
const TRACE_ID = "1".padStart(32, "0");

const CALM = treeOf(sketchTrace(TRACE_ID, [
  { id: "1", serviceName: "shop", name: "GET /", atMillis: 0, forMillis: 100 },
  { id: "2", parent: "1", serviceName: "shop", name: "load", atMillis: 10, forMillis: 30 },
  { id: "3", parent: "2", serviceName: "db", name: "SELECT", atMillis: 12, forMillis: 20 },
  { id: "4", parent: "1", serviceName: "shop", name: "cache", atMillis: 50, forMillis: 10 },
  { id: "5", parent: "1", serviceName: "shop", name: "render", atMillis: 70, forMillis: 20 },
]));
const SLOW = treeOf(sketchTrace(TRACE_ID, [
  { id: "a", serviceName: "shop", name: "GET /", atMillis: 0, forMillis: 300 },
  { id: "b", parent: "a", serviceName: "shop", name: "load", atMillis: 10, forMillis: 230 },
  { id: "c", parent: "b", serviceName: "db", name: "SELECT", atMillis: 12, forMillis: 100 },
  {
    id: "d",
    parent: "b",
    serviceName: "db",
    name: "SELECT",
    atMillis: 120,
    forMillis: 110,
    status: { code: 2 },
  },
  { id: "e", parent: "a", serviceName: "shop", name: "render", atMillis: 250, forMillis: 20.5 },
  { id: "f", parent: "a", serviceName: "mail", name: "cache", atMillis: 280, forMillis: 10 },
]));

Deno.test("diffTraces() matches spans by the services and names on their paths", () => {
  const seen = listDiff(diffTraces(CALM, SLOW)).map(({ node, level }) => [
    level,
    `${node.serviceName} ${node.name}`,
    differenceOf(node, 300 * MILLI),
    `${node.a?.count ?? 0} ${node.b?.count ?? 0}`,
    Math.round((changeNanos(node) ?? 0) / MILLI),
  ]);
  assertEquals(seen, [
    [1, "shop GET /", "slower", "1 1", 200],
    [2, "shop load", "slower", "1 1", 200],
    [3, "db SELECT", "slower", "1 2", 190],
    [2, "shop cache", "only-a", "1 0", 0],
    [2, "shop render", "same", "1 1", 1],
    [2, "mail cache", "only-b", "0 1", 0],
  ]);
  const select = listDiff(diffTraces(CALM, SLOW))[2]!.node;
  assertEquals([select.b!.errorCount, Number(`0x${select.b!.spanId}`)], [1, 0xd]);
});

Deno.test("changedPlaces() keeps what differs, and what leads there", () => {
  const [a, b] = [30, 90].map((forMillis) =>
    treeOf(sketchTrace(TRACE_ID, [
      { id: "1", serviceName: "s", name: "root", atMillis: 0, forMillis: 100 },
      { id: "2", parent: "1", serviceName: "s", name: "same", atMillis: 0, forMillis: 5 },
      { id: "3", parent: "2", serviceName: "s", name: "same below", atMillis: 0, forMillis: 5 },
      { id: "4", parent: "1", serviceName: "s", name: "leads", atMillis: 6, forMillis: 92 },
      { id: "5", parent: "4", serviceName: "s", name: "differs", atMillis: 7, forMillis },
      { id: "6", parent: "4", serviceName: "s", name: "same beside", atMillis: 98, forMillis: 1 },
      { id: "7", parent: "1", serviceName: "s", name: "same after", atMillis: 99, forMillis: 1 },
    ]))
  );
  const places = listDiff(diffTraces(a!, b!));
  const names = changedPlaces(places, 100 * MILLI).map(({ node }) => node.name);
  assertEquals(names, ["root", "leads", "differs"]);
  assertEquals(changedPlaces(listDiff(diffTraces(a!, a!)), 100 * MILLI), []);
});

Deno.test("pathChanges() says where the time went, and adds up to the difference", () => {
  const changes = pathChanges(diffTraces(CALM, SLOW));
  assertEquals([changes[0]!.node.name, Math.round(changes[0]!.nanos / MILLI)], ["SELECT", 190]);
  assertEquals(pathChanges(diffTraces(CALM, CALM)), []);
});

Deno.test("differenceOf() leaves small changes alone", () => {
  const at = (a: number, b: number) => {
    const trees = [a, b].map((forMillis) =>
      treeOf(sketchTrace(TRACE_ID, [
        { id: "1", serviceName: "s", name: "n", atMillis: 0, forMillis },
      ]))
    );
    return differenceOf(diffTraces(trees[0]!, trees[1]!)[0]!, 1_000 * MILLI);
  };
  assertEquals([at(100, 109), at(100, 112), at(112, 100)], ["same", "slower", "faster"]);
  assertEquals([at(0.1, 0.5), at(0, 0)], ["same", "same"]);
});

Deno.test("diffTraces() of two traces has every span of both once, and mirrors when they are swapped", () => {
  const spans = fc.array(
    fc.record({
      parent: fc.nat({ max: 20 }),
      name: fc.nat({ max: 2 }),
      at: fc.nat({ max: 50 }),
      for: fc.nat({ max: 50 }),
    }),
    { minLength: 1, maxLength: 15 },
  );
  fc.assert(fc.property(spans, spans, (one, other) => {
    const [a, b] = [one, other].map((spans) => {
      const sketches = spans.map((span, index): SpanSketch => ({
        id: `${index + 1}`,
        ...(index > 0 && { parent: `${span.parent % index + 1}` }),
        serviceName: "s",
        name: `${span.name}`,
        atMillis: span.at,
        forMillis: span.for,
      }));
      return treeOf(sketchTrace(TRACE_ID, sketches));
    }) as [ReturnType<typeof treeOf>, ReturnType<typeof treeOf>];
    const places = listDiff(diffTraces(a, b)).map(({ node }) => node);
    const sum = (of: (node: DiffNode) => number) => places.reduce((sum, node) => sum + of(node), 0);
    assertEquals([sum(({ a }) => a?.count ?? 0), sum(({ b }) => b?.count ?? 0)], [
      one.length,
      other.length,
    ]);
    const change = longestTree(b)!.durationNanos - longestTree(a)!.durationNanos;
    const total = pathChanges(diffTraces(a, b)).reduce((sum, { nanos }) => sum + nanos, 0);
    assert(Math.abs(total - change) < 1, `${total} ${change}`);
    // Places that start at the same time can be in either order.
    const texts = (places: unknown[][]) => places.map((place) => JSON.stringify(place)).sort();
    const mirrored = listDiff(diffTraces(b, a)).map(({ node }) => [node.name, node.b, node.a]);
    assertEquals(texts(mirrored), texts(places.map(({ name, a, b }) => [name, a, b])));
  }));
});

Deno.test("diffTraces() counts equal calls, and matches nothing of two unlike traces", () => {
  const [root] = diffTraces(treeOf(repeatingTrace(20)), treeOf(repeatingTrace(140)));
  const calls = root!.children.find(({ name }) => name === "SELECT items")!;
  assertEquals([calls.a!.count, calls.b!.count], [20, 140]);
  const unlike = listDiff(diffTraces(treeOf(shopTrace()), treeOf(repeatingTrace(1))));
  assertEquals(unlike.some(({ node }) => node.a && node.b), false);
});

function treeOf({ data }: ReturnType<typeof shopTrace>) {
  return buildTree(readTrace(data).spans);
}
