import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { linearScale, logScale, roundStep, timeScale } from "../../lib/page/chart/scale.ts";
import { timeStep } from "../../lib/query/time_step.ts";

Deno.test("linearScale() has round ticks within its domain", () => {
  const scale = linearScale({ domain: [0, 436], pixels: [100, 0], mostTicks: 3 });
  assertEquals(scale.ticks, [0, 200, 400]);
  assertEquals(scale.toPixels(218), 50);
  assertEquals(scale.toValue(50), 218);
});

Deno.test("logScale() has ticks at powers of ten, as many as fit", () => {
  const scale = logScale({ domain: [1e3, 1e9], pixels: [0, 60], mostTicks: 4 });
  assertEquals(scale.ticks.map((tick) => Math.round(Math.log10(tick))), [3, 5, 7, 9]);
  assertAlmostEquals(scale.toPixels(1e6), 30);
});

Deno.test("timeScale() has ticks at round local times", () => {
  const noon = new Date(2026, 10, 22, 12, 0, 0).getTime();
  const scale = timeScale({
    domain: [noon - 61_000, noon + 125_000],
    pixels: [0, 1],
    mostTicks: 5,
  });
  assertEquals(scale.stepMillis, 60_000);
  assertEquals(scale.ticks, [-60_000, 0, 60_000, 120_000].map((millis) => noon + millis));
});

Deno.test("steps are round and long enough", () => {
  assertEquals([0.3, 7, 1500, 0].map(roundStep), [0.5, 10, 2000, 1]);
  assertEquals([3, 31_000, 5 * 3_600_000, 30 * 3_600_000].map(timeStep), [
    5,
    60_000,
    6 * 3_600_000,
    48 * 3_600_000,
  ]);
});

Deno.test("every scale maps its positions back to their values", () => {
  const positive = fc.double({ min: 1e-3, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(positive, positive, fc.double({ min: 0, max: 1, noNaN: true }), (a, b, share) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b) * 1.01 + 1e-3];
      const value = low + (high - low) * share;
      const options = { domain: [low, high] as const, pixels: [10, 900] as const, mostTicks: 5 };
      for (const scale of [linearScale(options), logScale(options)]) {
        const pixels = scale.toPixels(value);
        assert(pixels >= 10 - 1e-6 && pixels <= 900 + 1e-6);
        assertAlmostEquals(scale.toValue(pixels) / value, 1, 1e-6);
        for (const tick of scale.ticks) {
          assert(tick >= low * 0.999999 && tick <= high * 1.000001, `${tick} in ${low}–${high}`);
        }
      }
    }),
  );
});
