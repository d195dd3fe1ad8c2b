import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { barAt, volumeLayout } from "../../lib/page/views/logs/volume.ts";

const NOON = 1_700_000_000_000;
const VOLUME = {
  startMillis: NOON,
  stepMillis: 1000,
  severities: [
    { name: "INFO" as const, counts: [6, 0, 1] },
    { name: "ERROR" as const, counts: [4, 0, 0] },
  ],
  total: 11,
};
const SIZE = { widthPixels: 356, heightPixels: 110 };

Deno.test("volumeLayout() stacks each step, the most severe at the bottom", () => {
  const { bars, plot, y } = volumeLayout(VOLUME, SIZE);
  assertEquals(bars.map(({ total }) => total), [10, 0, 1]);
  const [error, info] = bars[0]!.parts;
  assertEquals([error!.name, info!.name], ["ERROR", "INFO"]);
  assertAlmostEquals(error!.top + error!.height, plot.bottom);
  assertAlmostEquals(info!.top + info!.height, error!.top);
  assertAlmostEquals(info!.top, plot.top);
  assertAlmostEquals(info!.height / error!.height, 1.5);
  assert(y.ticks.every(Number.isInteger));
});

Deno.test("barAt() finds the bar at a position, and the nearest outside of all", () => {
  const { bars } = volumeLayout(VOLUME, SIZE);
  assertEquals([0, 60, 160, 300, 999].map((x) => barAt(bars, x)), [0, 0, 1, 2, 2]);
  assertEquals(bars[2]!.toMillis, NOON + 3000);
});

Deno.test("volumeLayout() of nothing has no bars", () => {
  assertEquals(volumeLayout({ ...VOLUME, severities: [] }, SIZE).bars, []);
});
