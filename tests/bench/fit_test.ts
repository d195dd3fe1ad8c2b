import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { fit } from "../../bench/cluster/fit.ts";

/** What servers use that cost 0.1 cores and 20 ms per 1,000 spans. */
function exact(seconds: number, spans: number) {
  return { seconds, spans, cpuSeconds: 0.1 * seconds + 20e-6 * spans };
}

Deno.test("fit() separates the cost of time from that of spans", () => {
  const { cores, perSpan, farthest } = fit([exact(30, 0), exact(60, 60_000), exact(90, 600_000)]);
  assertAlmostEquals(cores, 0.1, 1e-9);
  assertAlmostEquals(perSpan, 20e-6, 1e-12);
  assertAlmostEquals(farthest, 0, 1e-9);
});

Deno.test("fit() says how far it is from the farthest point", () => {
  const points = [exact(30, 0), exact(60, 60_000), exact(90, 600_000)];
  const { farthest } = fit([...points, { ...points[1]!, cpuSeconds: points[1]!.cpuSeconds * 1.5 }]);
  assert(farthest > 0.1 && farthest < 0.4, `${farthest}`);
});

Deno.test("fit() has no negative cost, and none of time without a point for it", () => {
  const cheaper = [
    { seconds: 60, spans: 1_000, cpuSeconds: 1 },
    { seconds: 60, spans: 10_000, cpuSeconds: 20 },
  ];
  assertEquals(fit(cheaper).cores, 0);
  assert(fit(cheaper).perSpan > 0);
  const idle = { seconds: 60, spans: 0, cpuSeconds: 3 };
  assertAlmostEquals(fit([idle, { ...idle, spans: 1_000, cpuSeconds: 2.9 }]).perSpan, 0);
});
