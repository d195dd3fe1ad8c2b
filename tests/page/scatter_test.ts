import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import type { TracePoint } from "../../lib/collector/model.ts";
import { boxBetween } from "../../lib/page/chart/box.ts";
import {
  dotNear,
  neighbor,
  scatterLayout,
  selectionOf,
} from "../../lib/page/views/traces/scatter.ts";
import { queryDurationText } from "../../lib/query/duration.ts";

const SIZE = { widthPixels: 600, heightPixels: 128 };
const NOW = 1_700_000_000_000;

function point(id: number, atMillis: number, millis: number): TracePoint {
  return {
    traceId: String(id),
    startTimeUnixNano: `${NOW - 60_000 + atMillis}000000`,
    durationNanos: millis * 1e6,
    errorCount: 0,
    name: "GET /",
    serviceName: "shop",
  };
}

const POINTS = [point(1, 40_000, 300), point(2, 20_000, 100), point(3, 30_000, 20)];

function ids(dots: readonly { point: TracePoint }[]): string {
  return dots.map(({ point: { traceId } }) => traceId).join(" ");
}

Deno.test("scatterLayout() fills the width, later to the right and longer above", () => {
  const { plot, dots } = scatterLayout(POINTS, {}, NOW, SIZE);
  assertEquals(ids(dots), "2 3 1");
  assertAlmostEquals(dots[0]!.x, plot.left + 6);
  assertAlmostEquals(dots[2]!.x, plot.right - 6);
  assert(dots[2]!.y < dots[0]!.y && dots[0]!.y < dots[1]!.y);
});

Deno.test("scatterLayout() ends a range of the last minutes now", () => {
  const { x, plot } = scatterLayout(POINTS, { fromMillis: NOW - 60_000 }, NOW, SIZE);
  assertAlmostEquals(x.toPixels(NOW), plot.right - 6);
  assertAlmostEquals(x.toPixels(NOW - 60_000), plot.left + 6);
});

Deno.test("scatterLayout() leaves out what is no longer in the range", () => {
  const { dots } = scatterLayout(POINTS, { fromMillis: NOW - 35_000 }, NOW, SIZE);
  assertEquals(ids(dots), "3 1");
});

Deno.test("scatterLayout() gives a few much older traces no place, and says how many", () => {
  const many = Array.from({ length: 20 }, (_, index) => point(index, index * 1000, 5));
  const old = { ...point(99, 0, 5), startTimeUnixNano: "1000000" };
  const { dots, outside, plot } = scatterLayout([...many, old], {}, NOW, SIZE);
  assertEquals([dots.length, outside], [20, 1]);
  assertAlmostEquals(dots[0]!.x, plot.left + 6);
  // Half of the traces are not a few.
  const half = scatterLayout([point(1, 0, 5), old], {}, NOW, SIZE);
  assertEquals([half.dots.length, half.outside], [2, 0]);
});

Deno.test("scatterLayout() is logarithmic if durations differ much, and has a place for 0", () => {
  const points = [point(1, 0, 1), point(2, 1, 1000), point(3, 2, 0)];
  const { y, plot, dots } = scatterLayout(points, {}, NOW, SIZE);
  assertEquals(y.ticks.map((nanos) => Math.round(nanos / 1e6)), [1, 10, 100, 1000]);
  for (const dot of dots) assert(dot.y >= plot.top && dot.y <= plot.bottom, `${dot.y}`);
});

Deno.test("scatterLayout() places a single trace, and none, without NaN", () => {
  for (const points of [[point(1, 0, 5)], [point(1, 0, 0)], []]) {
    const { dots, x, y } = scatterLayout(points, {}, NOW, SIZE);
    for (const dot of dots) assert(Number.isFinite(dot.x) && Number.isFinite(dot.y));
    if (points.length > 0) assert(x.ticks.length > 0 && y.ticks.length > 0);
  }
});

Deno.test("dotNear() finds the nearest dot within reach", () => {
  const { dots } = scatterLayout(POINTS, {}, NOW, SIZE);
  const [first] = dots;
  assertEquals(dotNear(dots, first!.x + 5, first!.y - 5)?.point.traceId, "2");
  assertEquals(dotNear(dots, first!.x + 40, first!.y), undefined);
});

Deno.test("selectionOf() is what a box covers, without the axis of a flat or steep one", () => {
  const layout = scatterLayout(POINTS, {}, NOW, SIZE);
  const { plot, x, y } = layout;
  const at = (millis: number, nanos: number) => ({
    x: x.toPixels(NOW - 60_000 + millis),
    y: y.toPixels(nanos),
  });
  const box = selectionOf(boxBetween(at(35_000, 250e6), at(25_000, 50e6), plot), layout);
  assertAlmostEquals(box.fromMillis!, NOW - 35_000, 1);
  assertAlmostEquals(box.toMillis!, NOW - 25_000, 1);
  assertAlmostEquals(box.minNanos!, 50e6, 1);
  assertAlmostEquals(box.maxNanos!, 250e6, 1);
  const flat = selectionOf(boxBetween(at(25_000, 50e6), at(35_000, 50e6), plot), layout);
  assertEquals(Object.keys(flat), ["fromMillis", "toMillis"]);
  const steep = selectionOf(boxBetween(at(25_000, 50e6), at(25_000, 250e6), plot), layout);
  assertEquals(Object.keys(steep), ["minNanos", "maxNanos"]);
  // To the top, there is no upper limit.
  const open = selectionOf(boxBetween(at(25_000, 50e6), { x: 0, y: -20 }, plot), layout);
  assertEquals(open.maxNanos, undefined);
});

Deno.test("neighbor() goes by time and by duration, and stops at the ends", () => {
  const { dots } = scatterLayout(POINTS, {}, NOW, SIZE);
  const step = (from: string | undefined, along: "x" | "y", by: 1 | -1) =>
    neighbor(dots, dots.find(({ point }) => point.traceId === from), along, by)?.point.traceId;
  assertEquals(step(undefined, "x", 1), "2");
  assertEquals(step("2", "x", 1), "3");
  assertEquals(step("1", "x", 1), "1");
  assertEquals(step("3", "y", 1), "2");
  assertEquals(step("2", "y", -1), "3");
});

Deno.test("queryDurationText() rounds outward, so that a selection loses nothing", () => {
  assertEquals(queryDurationText(123_456_789, Math.floor), "123ms");
  assertEquals(queryDurationText(123_456_789, Math.ceil), "124ms");
  assertEquals(queryDurationText(1_236_000_000, Math.ceil), "1.24s");
  assertEquals(queryDurationText(0, Math.floor), "0ns");
});
