import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import { formatValue, isBytes } from "../../format/number.ts";
import { formatTick, toMillis } from "../../format/time.ts";
import { navigate, traceHref } from "../../state/place.ts";
import { TIME_STEPS } from "../../../query/time_step.ts";
import { theme } from "../../state/theme.ts";
import { useWidth } from "../../chart/use_width.ts";
import { type ChartData, type MeasuredExemplar, timesAround } from "./chart_data.ts";
import { Legend, MAX_LINES } from "./legend.tsx";

const POINT_PIXELS = 6;
/** With fewer points, each is marked. */
const FEWEST_FOR_LINE = 3;
/** Labels of the time axis are at least this far apart: enough for a date with a time. */
const TIME_PIXELS = 104;
/** On narrow screens, a time without a date is enough. */
const NARROW_TIME_PIXELS = 74;
const NARROW_PIXELS = 400;

/** The distances between times, in seconds. Close enough that a chart has at least one. */
const TIME_STEPS_SECONDS = [
  ...TIME_STEPS.map((millis) => millis / 1000),
  ...[1, 2, 5, 10, 30, 90, 365].map((days) => days * 86_400),
];

/** The distances between marks for bytes: others would not be round in KiB and MiB. Rates can be below 1 B/s. */
const POWERS_OF_TWO = Array.from({ length: 80 }, (_, i) => 2 ** (i - 16));

export interface ChartProps {
  data: ChartData;
  heightPixels: number;
  /** A text alternative for the chart; a table beside it has the numbers. */
  label: string;
}

/**
 * A line chart over time with its legend, which has the values under the pointer, or where the arrow keys
 * lead to; otherwise the last ones. Dots are exemplars, which link to their traces.
 */
export function Chart({ data, heightPixels, label }: ChartProps) {
  const element = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>();
  const width = useWidth(element);
  const index = useSignal<number | undefined>(undefined);

  useEffect(() => {
    if (width === 0 || data.times.length === 0) return;
    const shown = plot.current = new uPlot(
      plotOptions(data, element.current!, width, heightPixels, (at) => index.value = at),
      [data.times, ...data.lines.slice(0, MAX_LINES).map(({ values }) => values)],
      element.current!,
    );
    return () => shown.destroy();
  }, [data, width, heightPixels, theme.value]);

  return (
    <>
      <div
        class="chart"
        role="application"
        aria-roledescription="chart"
        aria-label={`${label}. Arrow keys go from time to time`}
        tabIndex={0}
        data-scrolls
        onKeyDown={(event) => {
          const next = nextIndex(event.key, index.value, data.times.length);
          if (next === undefined) return;
          event.preventDefault();
          if (plot.current) pointAt(plot.current, next);
        }}
        onBlur={() => index.value = undefined}
      >
        <div ref={element} style={{ height: `${heightPixels}px` }} />
      </div>
      <Legend data={data} index={index.value} />
    </>
  );
}

/** The point that a key leads to: the last one at first. */
function nextIndex(key: string, index: number | undefined, count: number): number | undefined {
  if (count === 0) return undefined;
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  const step = key === "ArrowRight" ? 1 : key === "ArrowLeft" ? -1 : undefined;
  if (step === undefined) return undefined;
  return index === undefined ? count - 1 : Math.min(Math.max(index + step, 0), count - 1);
}

function pointAt(plot: uPlot, index: number): void {
  const left = plot.valToPos(plot.data[0]![index]!, "x");
  plot.setCursor({ left, top: plot.over.clientHeight / 2 });
}

function plotOptions(
  data: ChartData,
  element: HTMLElement,
  width: number,
  height: number,
  onPoint: (index: number | undefined) => void,
): uPlot.Options {
  const style = getComputedStyle(element);
  const color = (name: string) => style.getPropertyValue(name).trim();
  // The custom properties contain both themes' colors; the computed color of an element is the active one.
  const resolved = (name: string) => resolveColor(element, color(name));
  const axis = {
    stroke: resolved("--text-soft"),
    grid: { stroke: resolved("--line"), width: 1 },
    ticks: { show: false },
    font: `12px ${style.fontFamily}`,
  };
  // Nouns, such as those of "{request}", would not fit.
  const axisUnit = data.unit.replace(/^\{.*\}/, "");
  return {
    width,
    height,
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, points: { size: POINT_PIXELS } },
    scales: { x: { time: true, range: () => timesAround(data.times) }, y: { range: rangeOf } },
    axes: [
      {
        ...axis,
        size: 28,
        space: width < NARROW_PIXELS ? NARROW_TIME_PIXELS : TIME_PIXELS,
        incrs: TIME_STEPS_SECONDS,
        values: (_, splits, _axis, _space, step) =>
          splits.map((at, index) =>
            formatTick(at * 1000, {
              stepMillis: step * 1000,
              isFirst: index === 0,
              nowMillis: Date.now(),
            })
          ),
      },
      {
        ...axis,
        size: 76,
        ...isBytes(data.unit) && { incrs: POWERS_OF_TWO },
        values: (_, splits) => splits.map((at) => at === 0 ? "0" : formatValue(at, axisUnit)),
      },
    ],
    series: [
      {},
      ...data.lines.slice(0, MAX_LINES).map(({ label, values }, i) => ({
        label,
        stroke: resolved(`--service-${i % MAX_LINES}`),
        width: 1.5,
        // A line of one point would be invisible.
        points: { show: countDrawn(values) < FEWEST_FOR_LINE, size: POINT_PIXELS },
      })),
    ],
    hooks: {
      setCursor: [({ cursor }) => onPoint(cursor.idx ?? undefined)],
      draw: [(plot) => drawExemplars(plot, data.exemplars, resolved("--accent"))],
    },
    plugins: [{ hooks: { ready: (plot) => openOnClick(plot, data.exemplars) } }],
  };
}

function countDrawn(values: ChartData["lines"][number]["values"]): number {
  return values.filter((value) => typeof value === "number").length;
}

/** Amounts start at zero, so that a small change does not look like a large one. */
function rangeOf(_: uPlot, low: number | null, high: number | null): uPlot.Range.MinMax {
  const min = Math.min(low ?? 0, 0);
  const max = Math.max(high ?? 0, 0);
  return min === max ? [min, min + 1] : [min * 1.1, max * 1.1];
}

function drawExemplars(plot: uPlot, exemplars: readonly MeasuredExemplar[], color: string): void {
  const { ctx } = plot;
  ctx.save();
  ctx.fillStyle = color;
  for (const exemplar of exemplars) {
    const { left, top } = positionOf(plot, exemplar, true);
    // Before the first point, there is no place for it.
    if (left < plot.bbox.left) continue;
    ctx.beginPath();
    ctx.arc(left, top, POINT_PIXELS / 2 * devicePixelRatio, 0, 2 * Math.PI);
    ctx.fill();
  }
  ctx.restore();
}

function openOnClick(plot: uPlot, exemplars: readonly MeasuredExemplar[]): void {
  plot.over.addEventListener("click", (event) => {
    const hit = exemplars.find((exemplar) => {
      const { left, top } = positionOf(plot, exemplar, false);
      return Math.hypot(left - event.offsetX, top - event.offsetY) <= 2 * POINT_PIXELS;
    });
    if (hit?.traceId) navigate(traceHref(hit.traceId, hit.spanId || undefined));
  });
}

function positionOf(plot: uPlot, { timeUnixNano, value }: MeasuredExemplar, onCanvas: boolean) {
  return {
    left: plot.valToPos(toMillis(timeUnixNano) / 1000, "x", onCanvas),
    top: plot.valToPos(value, "y", onCanvas),
  };
}

function resolveColor(parent: HTMLElement, value: string): string {
  const probe = document.createElement("span");
  probe.style.color = value;
  parent.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
