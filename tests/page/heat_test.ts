import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import type { MetricData, MetricPoint } from "../../lib/collector/model.ts";
import { heatLayout, heatMap, rowAt } from "../../lib/page/views/metrics/heat.ts";
import { isWanted } from "../../lib/page/views/metrics/search.ts";

const START = 1_700_000_000;

function histogram(points: Partial<MetricPoint>[]): MetricData {
  const traits = {
    unit: "s",
    type: "histogram" as const,
    aggregationTemporality: 1,
    isMonotonic: false,
  };
  return {
    ...traits,
    name: "request.duration",
    description: "How long requests take",
    kinds: [traits],
    serviceNames: ["shop"],
    seriesCount: 1,
    lastTimeUnixNano: "0",
    conflicts: [],
    overlaps: [],
    series: [{
      ...traits,
      serviceName: "shop",
      serviceInstanceId: "",
      resource: [],
      scopeName: "",
      scopeVersion: "",
      scopeSchemaUrl: "",
      scopeAttributes: [],
      attributes: [],
      points: points.map((point, index) => ({
        timeUnixNano: `${START + index * 10}000000000`,
        explicitBounds: [1, 2, 4],
        ...point,
      })),
    }],
  };
}

Deno.test("heatMap() counts the measurements of each interval by size", () => {
  const map = heatMap(histogram([{ bucketCounts: [0, 3, 0, 0] }, { bucketCounts: [0, 1, 2, 0] }]))!;
  assertEquals(map.columns, [{ from: START - 10, to: START }, { from: START, to: START + 10 }]);
  assertEquals(map.rows, [{ low: 1, high: 2 }, { low: 2, high: 4 }]);
  assertEquals(map.cells, [
    { column: 0, row: 0, count: 3 },
    { column: 1, row: 0, count: 1 },
    { column: 1, row: 1, count: 2 },
  ]);
  assertEquals(map.most, 3);
});

Deno.test("heatMap() has rows for what is below and above all bounds", () => {
  const { rows } = heatMap(histogram([{ bucketCounts: [1, 0, 0, 1] }]))!;
  assertEquals(rows[0], { low: 0, high: 1 });
  assertEquals(rows.at(-1), { low: 4, high: Infinity });
  assertEquals([0, 1, 1.5, 99, -1].map((value) => rowAt(rows, value)), [0, 0, 1, 3, -1]);
});

Deno.test("heatMap() merges columns and rows that would be too small, and loses no measurement", () => {
  const bounds = Array.from({ length: 200 }, (_, index) => index + 1);
  const points = Array.from({ length: 300 }, (_, index) => ({
    explicitBounds: bounds,
    bucketCounts: Array.from({ length: 201 }, (_, bucket) => bucket === index % 201 ? 2 : 0),
  }));
  const map = heatMap(histogram(points))!;
  assert(map.columns.length <= 80 && map.rows.length <= 24);
  assertEquals(map.cells.reduce((sum, { count }) => sum + count, 0), 600);
});

Deno.test("heatMap() has only the time range, and nothing without measurements", () => {
  const data = histogram([{ bucketCounts: [0, 3, 0, 0] }, { bucketCounts: [0, 1, 2, 0] }]);
  const map = heatMap(data, { range: { fromMillis: (START + 5) * 1000 } })!;
  assertEquals(map.columns.length, 1);
  assertEquals(heatMap(histogram([{ bucketCounts: [0, 0, 0, 0] }])), undefined);
  assertEquals(heatMap(histogram([])), undefined);
});

Deno.test("heatLayout() places exemplars within the row of their size", () => {
  const exemplar = {
    timeUnixNano: `${START - 5}000000000`,
    value: 3,
    traceId: "1",
    spanId: "1",
    filteredAttributes: [],
  };
  const map = heatMap(
    histogram([{ bucketCounts: [0, 3, 1, 0], exemplars: [exemplar, { ...exemplar, value: 99 }] }, {
      bucketCounts: [0, 1, 0, 0],
    }]),
  )!;
  const { dots, plot, topOf, rowPixels, x } = heatLayout(map, {
    widthPixels: 600,
    heightPixels: 240,
  });
  assertEquals(dots.length, 1);
  assertAlmostEquals(dots[0]!.y, topOf(1) + rowPixels / 2);
  assertAlmostEquals(dots[0]!.x, plot.left + (plot.right - plot.left) / 4, 1);
  assertAlmostEquals(topOf(0) + rowPixels, plot.bottom);
  assert(x.ticks.length > 0);
});

Deno.test("isWanted() finds metrics by name, description, unit, type, and service", () => {
  const metric = histogram([]);
  for (const text of ["", "DURATION", "take", "shop", "histogram request"]) {
    assert(isWanted(metric, text), text);
  }
  assertEquals(isWanted(metric, "duration bank"), false);
});
