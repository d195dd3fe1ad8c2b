import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { fit } from "../../bench/cluster/fit.ts";

/** What servers use that cost 0.1 cores, 0.2 more while something comes, and 20 ms per 1,000 spans. */
function exact(seconds: number, sendingSeconds: number, spans: number) {
  const cpuSeconds = 0.1 * seconds + 0.2 * sendingSeconds + 20e-6 * spans;
  return { seconds, sendingSeconds, spans, cpuSeconds };
}

const POINTS = [exact(30, 0, 0), exact(70, 60, 60_000), exact(90, 30, 300_000)];

Deno.test("fit() separates the costs of time, of sending, and of spans", () => {
  const { idle, sending, perSpan, farthest } = fit(POINTS);
  assertAlmostEquals(idle, 0.1, 1e-9);
  assertAlmostEquals(sending, 0.2, 1e-9);
  assertAlmostEquals(perSpan, 20e-6, 1e-12);
  assertAlmostEquals(farthest, 0, 1e-9);
});

Deno.test("fit() says how far it is from the farthest point", () => {
  const more = { ...POINTS[1]!, cpuSeconds: POINTS[1]!.cpuSeconds * 1.5 };
  const { farthest } = fit([...POINTS, more]);
  assert(farthest > 0.1 && farthest < 0.4, `${farthest}`);
});

Deno.test("fit() has no negative cost", () => {
  const idle = exact(60, 0, 0);
  const cheaper = { ...exact(60, 60, 1_000), cpuSeconds: idle.cpuSeconds * 0.99 };
  const { sending, perSpan } = fit([idle, cheaper]);
  assertEquals([sending, perSpan], [0, 0]);
});

Deno.test("fit() leaves out what the points can't tell apart", () => {
  const { idle, sending, perSpan } = fit([exact(60, 60, 60_000), exact(60, 60, 60_000)]);
  assertEquals([idle, sending, perSpan].filter((cost) => cost > 0).length, 1);
});
