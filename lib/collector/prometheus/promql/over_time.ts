import type { WindowFunction } from "./rates.ts";
import { extremeOf, meanOf, quantileOf, sumOf, varianceOf } from "./statistics.ts";
import type { Window } from "./windows.ts";

const valuesOf = ({ values, low, high }: Window) => values.subarray(low, high);

function medianDeviation(window: Window): number {
  const median = quantileOf(0.5, valuesOf(window));
  return quantileOf(0.5, valuesOf(window).map((value) => Math.abs(value - median)));
}

/** Aggregations over the samples of a range. */
export const OVER_TIME: Readonly<Record<string, WindowFunction>> = {
  avg_over_time: (window) => meanOf(valuesOf(window)),
  sum_over_time: (window) => sumOf(valuesOf(window)),
  min_over_time: (window) => extremeOf(valuesOf(window), false),
  max_over_time: (window) => extremeOf(valuesOf(window), true),
  count_over_time: ({ low, high }) => high - low,
  first_over_time: ({ values, low }) => values[low],
  last_over_time: ({ values, high }) => values[high - 1],
  present_over_time: () => 1,
  stddev_over_time: (window) => Math.sqrt(varianceOf(valuesOf(window))),
  stdvar_over_time: (window) => varianceOf(valuesOf(window)),
  mad_over_time: medianDeviation,
  quantile_over_time: (window, quantile) => quantileOf(quantile, valuesOf(window)),
};

/** Functions that return a sample of the series itself, so that it keeps its name. */
export const KEEPS_NAME: ReadonlySet<string> = new Set(["first_over_time", "last_over_time"]);
