import { axisMarks } from "../../format/duration.ts";

/** The visible part of a trace, in nanoseconds since its start. */
export interface TimeWindow {
  startNanos: number;
  endNanos: number;
}

/** The visible window is at least this part of the trace. */
const SMALLEST_SHARE = 1e-6;

/** The window of the whole trace. */
export function wholeWindow(totalNanos: number): TimeWindow {
  return { startNanos: 0, endNanos: Math.max(1, totalNanos) };
}

/** Reads a window from the URL: `START-END`. What isn't a window within the trace is all of it. */
export function readWindow(text: string | null, totalNanos: number): TimeWindow {
  const [, start, end] = /^(\d+)-(\d+)$/.exec(text ?? "") ?? [];
  return start === undefined
    ? wholeWindow(totalNanos)
    : windowBetween(Number(start), Number(end), totalNanos);
}

/** Writes a window for the URL; empty if it is the whole trace. */
export function writeWindow({ startNanos, endNanos }: TimeWindow, totalNanos: number): string {
  const [start, end] = [Math.floor(startNanos), Math.ceil(endNanos)];
  return start <= 0 && end >= totalNanos ? "" : `${start}-${end}`;
}

/** The window between two times in either order, within the trace. */
export function windowBetween(a: number, b: number, totalNanos: number): TimeWindow {
  const whole = wholeWindow(totalNanos).endNanos;
  const width = clamp(Math.abs(b - a), Math.max(1, whole * SMALLEST_SHARE), whole);
  const startNanos = clamp(Math.min(a, b), 0, whole - width);
  return { startNanos, endNanos: startNanos + width };
}

/** The window magnified by a factor; the time stays at its position. */
export function zoomed(
  { startNanos, endNanos }: TimeWindow,
  totalNanos: number,
  factor: number,
  atNanos: number,
): TimeWindow {
  const start = atNanos - (atNanos - startNanos) / factor;
  return windowBetween(start, start + (endNanos - startNanos) / factor, totalNanos);
}

/** The window moved by a share of its width; negative is to the left. */
export function panned(
  { startNanos, endNanos }: TimeWindow,
  totalNanos: number,
  share: number,
): TimeWindow {
  const by = (endNanos - startNanos) * share;
  return windowBetween(startNanos + by, endNanos + by, totalNanos);
}

/** The position of a time in the window: 0 is its start, 1 is its end. */
export function shareOf(nanos: number, { startNanos, endNanos }: TimeWindow): number {
  return (nanos - startNanos) / (endNanos - startNanos);
}

/** The marks of a time axis in round steps, with as many digits as tell them apart. */
export function windowMarks(window: TimeWindow, most: number): { nanos: number; text: string }[] {
  const width = window.endNanos - window.startNanos;
  const step = axisMarks(width, most)[1] ?? width;
  const first = Math.ceil(window.startNanos / step);
  const count = Math.floor(window.endNanos / step) - first + 1;
  return Array.from({ length: count }, (_, index) => {
    const nanos = (first + index) * step;
    return { nanos, text: markText(nanos, step) };
  });
}

const UNITS: readonly [nanos: number, unit: string][] = [
  [1e9, "s"],
  [1e6, "ms"],
  [1e3, "µs"],
  [1, "ns"],
];

function markText(nanos: number, step: number): string {
  if (nanos === 0) return "0";
  const [size, unit] = UNITS.find(([size]) => nanos >= size) ?? [1, "ns"];
  const decimals = Math.max(0, Math.ceil(Math.log10(size / step) - 1e-9));
  return `${Number((nanos / size).toFixed(Math.min(decimals, 15)))} ${unit}`;
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}
