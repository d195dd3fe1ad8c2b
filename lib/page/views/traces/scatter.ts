import type { TracePoint } from "../../../collector/model.ts";
import { type Box, isFlat, isSteep } from "../../chart/box.ts";
import { linearScale, logScale, type Scale, timeScale } from "../../chart/scale.ts";
import { toMillis } from "../../format/time.ts";
import type { TimeRange } from "../../state/time_range.ts";

/** Durations that differ by more than this factor are drawn on a logarithmic axis. */
const MOST_LINEAR_FACTOR = 30;
/** One of so many traces may be left out if it began this many times the others' range before them. */
const LEAST_TYPICAL = 10;
const MOST_GAP_FACTOR = 20;
const LABEL_PIXELS = 64;
/** Room for the hint above the dots. */
const TOP_PIXELS = 16;
const TICK_PIXELS = 96;
const EDGE_PIXELS = 3;
/** A click or the pointer within this distance means the trace. */
const NEAR_PIXELS = 14;

/** A trace on the chart. */
export interface Dot {
  point: TracePoint;
  x: number;
  y: number;
}

/** Durations over time, ready to draw. */
export interface ScatterLayout {
  plot: Box;
  x: Scale & { stepMillis: number };
  y: Scale;
  /** In the order of their start. */
  dots: Dot[];
  /** How many traces have no place: they have left the range, or are much older than all others. */
  outside: number;
}

export interface ScatterSize {
  widthPixels: number;
  heightPixels: number;
}

/** Places traces by start and duration. Without a fixed range, the traces fill the width. */
export function scatterLayout(
  points: readonly TracePoint[],
  range: Pick<TimeRange, "fromMillis" | "toMillis">,
  nowMillis: number,
  { widthPixels, heightPixels }: ScatterSize,
): ScatterLayout {
  const plot = {
    left: LABEL_PIXELS,
    top: TOP_PIXELS,
    right: widthPixels - 14,
    bottom: heightPixels - 22,
  };
  const starts = points.map(({ startTimeUnixNano }) => toMillis(startTimeUnixNano));
  const { fromMillis, toMillis: untilMillis } = range;
  const last = starts.reduce((a, b) => Math.max(a, b), fromMillis ?? -Infinity);
  const end = untilMillis ?? (fromMillis === undefined ? last : Math.max(nowMillis, last));
  const begin = fromMillis ?? firstOf(starts) ?? end;
  const x = timeScale({
    domain: end > begin ? [begin, end] : [begin - 500, begin + 500],
    pixels: [plot.left + 6, plot.right - 6],
    mostTicks: Math.max(2, Math.floor((plot.right - plot.left) / TICK_PIXELS)),
  });
  const y = durationScale(points.map(({ durationNanos }) => durationNanos), plot);
  const dots = points.map((point, index) => ({
    point,
    x: x.toPixels(starts[index]!),
    y: y.toPixels(point.durationNanos),
  }));
  const within = dots.filter((dot) => dot.x >= plot.left && dot.x <= plot.right);
  const outside = dots.length - within.length;
  return { plot, x, y, dots: within.sort((a, b) => a.x - b.x), outside };
}

/** The dot at a position; undefined if none is near. */
export function dotNear(dots: readonly Dot[], x: number, y: number): Dot | undefined {
  let nearest: Dot | undefined;
  let least = NEAR_PIXELS;
  for (const dot of dots) {
    const distance = Math.hypot(dot.x - x, dot.y - y);
    if (distance > least) continue;
    least = distance;
    nearest = dot;
  }
  return nearest;
}

/** The times and durations of a box; undefined where it does not limit them. */
export interface Selection {
  fromMillis?: number;
  toMillis?: number;
  minNanos?: number;
  maxNanos?: number;
}

/** What a box on the chart selects. A side at the plot's edge is no limit for durations. */
export function selectionOf(box: Box, { plot, x, y }: ScatterLayout): Selection {
  return {
    ...!isSteep(box) && { fromMillis: x.toValue(box.left), toMillis: x.toValue(box.right) },
    ...!isFlat(box) && box.bottom < plot.bottom - EDGE_PIXELS &&
      { minNanos: Math.max(0, y.toValue(box.bottom)) },
    ...!isFlat(box) && box.top > plot.top + EDGE_PIXELS && { maxNanos: y.toValue(box.top) },
  };
}

/** The dot to the right or left (`along` "x"), or above or below ("y"), for the arrow keys. */
export function neighbor(
  dots: readonly Dot[],
  from: Dot | undefined,
  along: "x" | "y",
  step: 1 | -1,
): Dot | undefined {
  // Upward is where y decreases.
  const sorted = along === "x" ? dots : dots.toSorted((a, b) => b.y - a.y || a.x - b.x);
  if (from === undefined) return along === "x" && step === 1 ? sorted[0] : sorted.at(-1);
  const at = sorted.findIndex(({ point }) => point.traceId === from.point.traceId);
  return sorted[Math.min(Math.max(at + step, 0), sorted.length - 1)];
}

/** The first start, without a few that are much older, such as those of a wrong clock. */
function firstOf(starts: readonly number[]): number | undefined {
  const sorted = starts.toSorted((a, b) => a - b);
  const last = sorted.at(-1) ?? 0;
  const few = Math.floor(sorted.length / LEAST_TYPICAL);
  for (let index = few; index > 0; index--) {
    const gap = sorted[index]! - sorted[index - 1]!;
    if (gap > MOST_GAP_FACTOR * Math.max(last - sorted[index]!, 1000)) return sorted[index];
  }
  return sorted[0];
}

function durationScale(durations: readonly number[], plot: Box): Scale {
  const pixels = [plot.bottom - 4, plot.top + 4] as const;
  const high = durations.reduce((a, b) => Math.max(a, b), 1);
  const low = durations.reduce((a, b) => b > 0 ? Math.min(a, b) : a, high);
  if (high / low < MOST_LINEAR_FACTOR) {
    return linearScale({ domain: [0, high], pixels, mostTicks: 3 });
  }
  const scale = logScale({ domain: [low, high], pixels, mostTicks: 4 });
  // A duration of 0 is at the bottom.
  return { ...scale, toPixels: (nanos) => scale.toPixels(Math.max(nanos, low)) };
}
