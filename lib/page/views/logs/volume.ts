import type { LogVolume } from "../../../collector/model.ts";
import type { Box } from "../../chart/box.ts";
import { linearScale, type Scale, timeScale } from "../../chart/scale.ts";

const LABEL_PIXELS = 48;
const TICK_PIXELS = 96;
const GAP_PIXELS = 1;

/** The records of one step, the most severe at the bottom. */
export interface VolumeBar {
  fromMillis: number;
  toMillis: number;
  left: number;
  width: number;
  total: number;
  parts: { name: string; count: number; top: number; height: number }[];
}

/** Numbers of records over time, ready to draw. */
export interface VolumeLayout {
  plot: Box;
  x: Scale & { stepMillis: number };
  y: Scale;
  bars: VolumeBar[];
}

/** Stacks the records of each step. */
export function volumeLayout(
  { startMillis, stepMillis, severities }: LogVolume,
  { widthPixels, heightPixels }: { widthPixels: number; heightPixels: number },
): VolumeLayout {
  const plot = { left: LABEL_PIXELS, top: 8, right: widthPixels - 8, bottom: heightPixels - 22 };
  const steps = severities[0]?.counts.length ?? 0;
  const totals = Array.from(
    { length: steps },
    (_, step) => severities.reduce((sum, { counts }) => sum + counts[step]!, 0),
  );
  const x = timeScale({
    domain: [startMillis, startMillis + Math.max(1, steps) * stepMillis],
    pixels: [plot.left, plot.right],
    mostTicks: Math.max(2, Math.floor((plot.right - plot.left) / TICK_PIXELS)),
  });
  const y = linearScale({
    domain: [0, Math.max(1, ...totals)],
    pixels: [plot.bottom, plot.top],
    mostTicks: 2,
  });
  const bars = totals.map((total, step): VolumeBar => {
    const fromMillis = startMillis + step * stepMillis;
    const left = x.toPixels(fromMillis);
    let below = 0;
    const parts = severities.toReversed().flatMap(({ name, counts }) => {
      const count = counts[step]!;
      if (count === 0) return [];
      const bottom = y.toPixels(below);
      below += count;
      return [{ name, count, top: y.toPixels(below), height: bottom - y.toPixels(below) }];
    });
    const width = Math.max(1, x.toPixels(fromMillis + stepMillis) - left - GAP_PIXELS);
    return { fromMillis, toMillis: fromMillis + stepMillis, left, width, total, parts };
  });
  // A count is whole.
  const ticks = y.ticks.filter(Number.isInteger);
  return { plot, x, y: { ...y, ticks }, bars };
}

/** The index of the bar at a horizontal position; the nearest one outside of the bars. */
export function barAt(bars: readonly VolumeBar[], x: number): number {
  const index = bars.findLastIndex(({ left }) => left <= x);
  return Math.max(0, index);
}
