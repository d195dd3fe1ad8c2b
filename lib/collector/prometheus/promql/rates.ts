import { Sum } from "./statistics.ts";
import type { Window } from "./windows.ts";

/** How the change over a window is calculated. */
interface Extrapolation {
  /** Whether a decrease means a restart from zero. */
  isCounter: boolean;
  /** Whether the result is per second. */
  isRate: boolean;
}

/**
 * The change over a range. It is extrapolated to an end of the range if the samples come close enough to
 * it that the series probably continues. A counter is not extrapolated below zero.
 *
 * @see https://prometheus.io/docs/prometheus/latest/querying/functions/#rate
 */
function extrapolated(
  { times, values, low, high, start, end }: Window,
  { isCounter, isRate }: Extrapolation,
): number | undefined {
  if (high - low < 2) return undefined;
  const first = values[low]!;
  let change = values[high - 1]! - first;
  if (isCounter) {
    for (let i = low + 1; i < high; i++) {
      if (values[i]! < values[i - 1]!) change += values[i - 1]!;
    }
  }
  const sampled = (times[high - 1]! - times[low]!) / 1000;
  const average = sampled / (high - low - 1);
  const threshold = average * 1.1;
  let before = (times[low]! - start) / 1000;
  let after = (end - times[high - 1]!) / 1000;
  if (before >= threshold) before = average / 2;
  if (isCounter && change > 0 && first >= 0) before = Math.min(before, sampled * (first / change));
  if (after >= threshold) after = average / 2;
  const factor = (sampled + before + after) / sampled;
  return change * (isRate ? factor / ((end - start) / 1000) : factor);
}

/** The change between the last two samples of a range. */
function instant({ times, values, low, high }: Window, isRate: boolean): number | undefined {
  if (high - low < 2) return undefined;
  const last = values[high - 1]!;
  const previous = values[high - 2]!;
  if (!isRate) return last - previous;
  const change = last < previous ? last : last - previous;
  return change / ((times[high - 1]! - times[high - 2]!) / 1000);
}

/** A straight line fitted to the samples of a range. */
interface Line {
  slope: number;
  /** The value at the given time. */
  intercept: number;
}

function regression({ times, values, low, high }: Window, at: number): Line | undefined {
  const count = high - low;
  if (count < 2) return undefined;
  const isConstant = values.subarray(low, high).every((value) => value === values[low]);
  if (isConstant) {
    return Number.isFinite(values[low])
      ? { slope: 0, intercept: values[low]! }
      : { slope: NaN, intercept: NaN };
  }
  const sums = { x: new Sum(), y: new Sum(), xy: new Sum(), x2: new Sum() };
  for (let i = low; i < high; i++) {
    const x = (times[i]! - at) / 1000;
    sums.x.add(x);
    sums.y.add(values[i]!);
    sums.xy.add(x * values[i]!);
    sums.x2.add(x * x);
  }
  const [x, y] = [sums.x.value, sums.y.value];
  const slope = (sums.xy.value - x * y / count) / (sums.x2.value - x * x / count);
  return { slope, intercept: y / count - slope * x / count };
}

function countPairs(
  { values, low, high }: Window,
  isCounted: (value: number, previous: number) => boolean,
): number {
  let count = 0;
  for (let i = low + 1; i < high; i++) {
    if (isCounted(values[i]!, values[i - 1]!)) count++;
  }
  return count;
}

/** A function of the samples in a range and a number; undefined if there is no result. */
export type WindowFunction = (window: Window, parameter: number) => number | undefined;

/** Functions for how values change over a range. */
export const RATES: Readonly<Record<string, WindowFunction>> = {
  rate: (window) => extrapolated(window, { isCounter: true, isRate: true }),
  increase: (window) => extrapolated(window, { isCounter: true, isRate: false }),
  delta: (window) => extrapolated(window, { isCounter: false, isRate: false }),
  irate: (window) => instant(window, true),
  idelta: (window) => instant(window, false),
  deriv: (window) => regression(window, window.times[window.low]!)?.slope,
  predict_linear(window, seconds) {
    const line = regression(window, window.now);
    return line && line.slope * seconds + line.intercept;
  },
  changes: (window) =>
    countPairs(
      window,
      (value, previous) => value !== previous && !(Number.isNaN(value) && Number.isNaN(previous)),
    ),
  resets: (window) => countPairs(window, (value, previous) => value < previous),
};
