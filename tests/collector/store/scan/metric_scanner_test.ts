import { assertEquals, assertNotEquals } from "@std/assert";
import { MetricScanner } from "../../../../lib/collector/store/scan/metric_scanner.ts";
import type { DataPoint, KeyValue } from "../../../../lib/otlp/json.ts";
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
