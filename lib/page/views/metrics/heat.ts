import type { MetricData } from "../../../collector/model.ts";
import type { Box } from "../../chart/box.ts";
import { timeScale } from "../../chart/scale.ts";
import { toMillis } from "../../format/time.ts";
import { type Buckets, merge } from "./buckets.ts";
import {
  type ChartOptions,
  exemplarsOf,
  increasesOf,
  type MeasuredExemplar,
  within,
  withTimes,
} from "./chart_data.ts";

const MOST_COLUMNS = 80;
const MOST_ROWS = 24;
/** The width of a column whose interval is not known. */
const DEFAULT_SECONDS = 60;

/** Counts of measurements by time and size. */
export interface HeatMap {
  /** From the end of the previous interval to the end of this one, in seconds since 1970. */
  columns: { from: number; to: number }[];
  /** Sizes above `low` and up to `high`, ascending; infinite if a bucket has no end. */
  rows: { low: number; high: number }[];
  cells: HeatCell[];
  /** The largest count. */
  most: number;
  exemplars: MeasuredExemplar[];
}

export interface HeatCell {
  column: number;
  row: number;
  count: number;
}

/** A histogram's measurements per interval, over all of its series; undefined if there are none. */
export function heatMap(
  given: MetricData,
  { range = {} }: Pick<ChartOptions, "range"> = {},
): HeatMap | undefined {
  const metric = withTimes(given);
  const isIn = within(range);
  const steps = [...increasesOf(metric)].filter(([seconds]) => isIn(seconds));
  const columns = columnsOf(steps);
  const all = columns.map(({ buckets }) => buckets);
  if (all.every(({ counts }) => counts.every((count) => count === 0))) return undefined;
  const rows = rowsOf(all);
  const cells = columns.flatMap(({ buckets }, column) => cellsOf(buckets, rows, column));
  return {
    columns: columns.map(({ from, to }) => ({ from, to })),
    rows,
    cells,
    most: cells.reduce((most, { count }) => Math.max(most, count), 0),
    exemplars: exemplarsOf(metric, isIn),
  };
}

/** Where a heat map's columns, rows, and exemplars are. */
export interface HeatLayout {
  plot: Box;
  x: ReturnType<typeof timeScale>;
  /** The upper edge of a row. */
  topOf: (row: number) => number;
  rowPixels: number;
  dots: { exemplar: MeasuredExemplar; x: number; y: number }[];
}

const LABEL_PIXELS = 76;
const TICK_PIXELS = 96;

/** Places a heat map; all rows have the same height. */
export function heatLayout(
  { columns, rows, exemplars }: HeatMap,
  { widthPixels, heightPixels }: { widthPixels: number; heightPixels: number },
): HeatLayout {
  const plot = { left: LABEL_PIXELS, top: 6, right: widthPixels - 8, bottom: heightPixels - 22 };
  const x = timeScale({
    domain: [columns[0]!.from * 1000, columns.at(-1)!.to * 1000],
    pixels: [plot.left, plot.right],
    mostTicks: Math.max(2, Math.floor((plot.right - plot.left) / TICK_PIXELS)),
  });
  const rowPixels = (plot.bottom - plot.top) / rows.length;
  const topOf = (row: number) => plot.bottom - (row + 1) * rowPixels;
  const dots = exemplars.flatMap((exemplar) => {
    const row = rowAt(rows, exemplar.value);
    const at = x.toPixels(toMillis(exemplar.timeUnixNano));
    if (row < 0 || at < plot.left || at > plot.right) return [];
    const y = topOf(row) + (1 - shareOf(rows[row]!, exemplar.value)) * rowPixels;
    return [{ exemplar, x: at, y }];
  });
  return { plot, x, topOf, rowPixels, dots };
}

/** The row that holds a size; -1 if there is none. */
export function rowAt(rows: HeatMap["rows"], value: number): number {
  return rows.findIndex(({ low, high }, row) =>
    value <= high && (value > low || row === 0 && low === 0 && value === 0)
  );
}

interface Column {
  from: number;
  to: number;
  buckets: Buckets;
}

/** Columns of the given times; neighbors are merged if there are too many. */
function columnsOf(steps: readonly [number, Buckets][]): Column[] {
  const times = steps.map(([seconds]) => seconds);
  const interval = times.length > 1
    ? (times.at(-1)! - times[0]!) / (times.length - 1)
    : DEFAULT_SECONDS;
  const columns = steps.map(([to, buckets], index): Column => ({
    // After a gap, what was measured in between is not known to be old.
    from: Math.max(
      times[index - 1] ?? -Infinity,
      to - 3 * interval,
      index === 0 ? to - interval : 0,
    ),
    to,
    buckets,
  }));
  const together = Math.ceil(columns.length / MOST_COLUMNS);
  if (together <= 1) return columns;
  return Array.from({ length: Math.ceil(columns.length / together) }, (_, index) => {
    const own = columns.slice(index * together, (index + 1) * together);
    const buckets = own.map(({ buckets }) => buckets).reduce(merge);
    return { from: own[0]!.from, to: own.at(-1)!.to, buckets };
  });
}

/** From the lowest to the highest bucket with measurements; neighbors are merged if there are too many. */
function rowsOf(all: readonly Buckets[]): HeatMap["rows"] {
  const { bounds, counts } = all.reduce(merge);
  const first = counts.findIndex((count) => count > 0);
  const last = counts.findLastIndex((count) => count > 0);
  const together = Math.ceil((last - first + 1) / MOST_ROWS);
  const rows: HeatMap["rows"] = [];
  for (let index = first; index <= last; index += together) {
    const end = Math.min(index + together - 1, last);
    const lowest = index === 0 ? Math.min(0, bounds[0] ?? 0) : bounds[index - 1]!;
    rows.push({ low: lowest, high: bounds[end] ?? Infinity });
  }
  return rows;
}

function cellsOf({ bounds, counts }: Buckets, rows: HeatMap["rows"], column: number): HeatCell[] {
  const sums = new Map<number, number>();
  for (const [index, count] of counts.entries()) {
    if (count === 0) continue;
    const high = bounds[index] ?? Infinity;
    const row = rows.findIndex((row) => high <= row.high);
    sums.set(row, (sums.get(row) ?? 0) + count);
  }
  return [...sums].map(([row, count]) => ({ column, row, count }));
}

/** How far up in its row a size is, from 0 to 1. */
function shareOf({ low, high }: { low: number; high: number }, value: number): number {
  return Number.isFinite(high - low) && high > low ? (value - low) / (high - low) : 0.5;
}
