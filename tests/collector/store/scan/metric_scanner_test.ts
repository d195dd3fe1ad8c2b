import { assertEquals, assertNotEquals } from "@std/assert";
import { encodeMessage } from "../../../../lib/otlp/encode.ts";
import { MetricScanner } from "../../../../lib/collector/store/scan/metric_scanner.ts";
import type { DataPoint, KeyValue, Metric, ResourceMetrics } from "../../../../lib/otlp/json.ts";
import { metricsRequest } from "../requests.ts";

/** More than a scanner remembers. */
const MANY = 20_000;

const attribute = (key: string, value: string): KeyValue => ({
  key,
  value: { stringValue: value },
});

function keysOf(scanner: MetricScanner, request: Uint8Array): string[] {
  const keys: string[] = [];
  scanner.scan(request, ({ key }) => keys.push(key));
  return keys;
}

function gaugeOf(name: string, attributeLists: KeyValue[][]) {
  const dataPoints: DataPoint[] = attributeLists.map((attributes) => ({ attributes }));
  return metricsRequest([{ name, gauge: { dataPoints } }]);
}

Deno.test("a scanner that has seen a series before gives it the key that a new one gives", () => {
  const scanner = new MetricScanner();
  const lists = [
    [],
    [attribute("a", "1")],
    [attribute("a", "1"), attribute("b", "2")],
    [attribute("b", "2"), attribute("a", "1")],
    [attribute("a", "x".repeat(600))],
  ];
  const requests = [gaugeOf("m", lists), gaugeOf("n", lists), gaugeOf("m", lists.toReversed())];
  for (const request of [...requests, ...requests]) {
    assertEquals(keysOf(scanner, request), keysOf(new MetricScanner(), request));
  }
  const [none, one, two, reversed] = keysOf(scanner, requests[0]!);
  assertEquals(two, reversed);
  assertNotEquals(none, one);
});

Deno.test("attributes with other fields between them count as if they were together", () => {
  const request = gaugeOf("m", [[attribute("a", "1"), attribute("b", "2")]]);
  // Moves the first attribute behind the second, with an unknown field in between.
  const scanner = new MetricScanner();
  const [key] = keysOf(scanner, request);
  const apart = withFieldBetween(request);
  assertEquals(keysOf(scanner, apart), [key]);
});

Deno.test("a scanner that has seen too many series still tells them apart", () => {
  const scanner = new MetricScanner();
  for (let start = 0; start < MANY; start += 1000) {
    const lists = Array.from({ length: 1000 }, (_, i) => [attribute("i", String(start + i))]);
    const keys = keysOf(scanner, gaugeOf(`m${start % 3000}`, lists));
    assertEquals(new Set(keys).size, 1000);
    assertEquals(
      keys.slice(-2),
      keysOf(new MetricScanner(), gaugeOf(`m${start % 3000}`, lists.slice(-2))),
    );
  }
  for (let i = 0; i < MANY; i++) keysOf(scanner, gaugeOf(`name ${i}`, [[]]));
  const last = gaugeOf("last", [[attribute("a", "1")]]);
  assertEquals(keysOf(scanner, last), keysOf(new MetricScanner(), last));
});

Deno.test("a scanner tells streams apart by resource, scope, name, unit, type and traits", () => {
  const dataPoints = [{ attributes: [attribute("a", "1")] }];
  const metrics: Metric[] = [
    { name: "m", gauge: { dataPoints } },
    { name: "n", gauge: { dataPoints } },
    { name: "m", unit: "s", gauge: { dataPoints } },
    { name: "m", sum: { dataPoints } },
    ...[1, 2, 3, 4, -1].flatMap((aggregationTemporality) =>
      [false, true].map((isMonotonic): Metric => ({
        name: "m",
        sum: { dataPoints, aggregationTemporality, isMonotonic },
      }))
    ),
    { name: "m", histogram: { dataPoints: dataPoints, aggregationTemporality: 2 } },
    { name: "m", summary: { dataPoints } },
  ];
  const resourceMetrics: ResourceMetrics[] = ["one", "two"].map((name) => ({
    resource: { attributes: [attribute("service.name", name)] },
    scopeMetrics: ["1", "2"].map((version) => ({ scope: { name: "scope", version }, metrics })),
  }));
  const request = encodeMessage("MetricsData", { resourceMetrics });
  const scanner = new MetricScanner();
  const keys = keysOf(scanner, request);
  assertEquals(new Set(keys).size, 2 * 2 * metrics.length);
  for (let i = 0; i < 2; i++) assertEquals(keysOf(scanner, request), keys);
  assertEquals([...scanner.serviceNames], ["one", "two"]);
});

Deno.test("a metric whose name comes after its data is the same stream", () => {
  const metricOf = (...parts: Metric[]) =>
    Uint8Array.from(parts.flatMap((part) => [...encodeMessage("Metric", part)]));
  const name = { name: "m" };
  const [one, two] = ["1", "2"].map((text) => ({
    gauge: { dataPoints: [{ attributes: [attribute("a", text)] }] },
  }));
  const scanner = new MetricScanner();
  const [first, second] = keysOf(scanner, requestOf(metricOf(name, one!, two!)));
  for (const parts of [[one!, name], [{ name: "former" }, one!, name], [name, one!]]) {
    for (let i = 0; i < 2; i++) {
      assertEquals(keysOf(scanner, requestOf(metricOf(...parts))), [first]);
    }
  }
  assertEquals(keysOf(scanner, requestOf(metricOf(one!, name, two!))), [first, second]);
  assertNotEquals(keysOf(scanner, requestOf(metricOf({ name: "other" }, one!))), [first]);
});

/** A request that holds one encoded metric. */
function requestOf(metric: Uint8Array): Uint8Array {
  const inMessage = (bytes: number[]) => [2 << 3 | 2, bytes.length, ...bytes];
  const scopeMetrics = inMessage(inMessage([...metric]));
  return Uint8Array.from([1 << 3 | 2, scopeMetrics.length, ...scopeMetrics]);
}

/** Adds an unknown field of two bytes before the last attribute of the only data point. */
function withFieldBetween(request: Uint8Array): Uint8Array {
  const text = Array.from(request);
  const last = text.lastIndexOf("b".charCodeAt(0)) - 4;
  // The messages that enclose it are two bytes longer.
  const ends: number[] = [];
  for (let at = 0; at < last;) {
    const length = text[at + 1]!;
    if (at + 2 + length > last) {
      ends.push(at + 1);
      at += 2;
    } else at += 2 + length;
  }
  for (const at of ends) text[at]! += 2;
  text.splice(last, 0, 15 << 3, 1);
  return Uint8Array.from(text);
}
