import type { Budget } from "./limits.ts";
import type { Shift } from "./syntax.ts";
import { type Column, emptyColumn, type SampleSeries, type Steps, timeAt } from "./values.ts";

/** How long a sample stays valid, in milliseconds. */
export const LOOKBACK = 5 * 60_000;

/** The samples of a series in a range: the indexes from `low` up to, but not including, `high`. */
export interface Window {
  times: Float64Array;
  values: Float64Array;
  low: number;
  high: number;
  /** Milliseconds since 1970; a sample exactly at the start is not in the range. */
  start: number;
  end: number;
  /** The step's time: `end`, unless the range is shifted. */
  now: number;
}

/** The time that a selector looks at for a step. */
export function shiftedTime({ offset, at }: Shift, steps: Steps, i: number): number {
  return (at ?? timeAt(steps, i)) - offset;
}

/** Calls back with the samples of a series in the range before each step; skips steps without samples. */
export function forEachWindow(
  { times, values }: SampleSeries,
  shift: Shift & { range: number },
  { steps, budget }: { steps: Steps; budget: Budget },
  use: (window: Window, i: number) => void,
): void {
  const window: Window = { times, values, low: 0, high: 0, start: 0, end: 0, now: 0 };
  for (let i = 0; i < steps.count; i++) {
    window.now = timeAt(steps, i);
    window.end = shiftedTime(shift, steps, i);
    window.start = window.end - shift.range;
    while (window.high < times.length && times[window.high]! <= window.end) window.high++;
    while (window.low < window.high && times[window.low]! <= window.start) window.low++;
    if (window.low === window.high) continue;
    budget.spend(window.high - window.low);
    use(window, i);
  }
}

/** Which part of a sample to use: its value, or its time in seconds. */
export type Taken = "value" | "time";

/** The newest sample of a series at each step, unless it is too old or the series ended. */
export function latest(
  { labels, times, values, ends }: SampleSeries,
  shift: Shift,
  steps: Steps,
  taken: Taken = "value",
): Column {
  const column = emptyColumn(labels, steps.count);
  let next = 0;
  for (let i = 0; i < steps.count; i++) {
    const time = shiftedTime(shift, steps, i);
    while (next < times.length && times[next]! <= time) next++;
    const last = next - 1;
    if (last < 0 || times[last]! <= time - LOOKBACK || ends[last]! <= time) continue;
    column.has[i] = 1;
    column.values[i] = taken === "value" ? values[last]! : times[last]! / 1000;
  }
  return column;
}

/** The values of a column as samples, for a subquery. */
export function samplesOfColumn({ labels, values, has }: Column, steps: Steps): SampleSeries {
  const indexes = [...has.keys()].filter((i) => has[i]);
  return {
    labels,
    times: Float64Array.from(indexes, (i) => timeAt(steps, i)),
    values: Float64Array.from(indexes, (i) => values[i]!),
    ends: new Float64Array(indexes.length).fill(Infinity),
  };
}
