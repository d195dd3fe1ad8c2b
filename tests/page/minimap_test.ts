import { assertEquals } from "@std/assert";
import {
  COLUMNS,
  densityOf,
  pathRuns,
  startColumns,
} from "../../lib/page/views/trace/minimap_data.ts";
import { criticalPath } from "../../lib/trace/critical_path.ts";
import { readTrace } from "../../lib/trace/spans.ts";
import { buildTree } from "../../lib/trace/tree.ts";
import { sketchTrace } from "../helpers/page_traces.ts";

const { data } = sketchTrace("1".padStart(32, "0"), [
  { id: "1", serviceName: "shop", name: "root", atMillis: 0, forMillis: 300 },
  {
    id: "2",
    parent: "1",
    serviceName: "bank",
    name: "pay",
    atMillis: 100,
    forMillis: 100,
    status: { code: 2 },
  },
  { id: "3", parent: "1", serviceName: "bank", name: "log", atMillis: 200, forMillis: 0 },
]);
const trace = readTrace(data);

Deno.test("densityOf() counts the spans that run at a time", () => {
  const density = densityOf(trace);
  assertEquals(density.length, COLUMNS);
  assertEquals([density[50], density[150], density[250]], [1 / 3, 2 / 3, 1 / 3]);
  assertEquals(density[200], 1, "a span without duration is visible");
  assertEquals(densityOf(readTrace({})), Array(COLUMNS).fill(0));
});

Deno.test("pathRuns() says which service the time is spent in", () => {
  const path = criticalPath(buildTree(trace.spans)[0]);
  assertEquals(pathRuns(path, trace), [
    { serviceName: "shop", start: 0, end: 100 },
    { serviceName: "bank", start: 100, end: 200 },
    { serviceName: "shop", start: 200, end: 300 },
  ]);
});

Deno.test("startColumns() are within the drawing, and each is there once", () => {
  assertEquals(startColumns(trace.spans, trace.durationNanos), [0, 100, 200]);
  assertEquals(startColumns(trace.spans, 0), [0, COLUMNS - 1]);
});
