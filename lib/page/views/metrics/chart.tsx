import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import { formatValue, isBytes } from "../../format/number.ts";
import { formatClock, toMillis } from "../../format/time.ts";
import { navigate, traceHref } from "../../state/place.ts";
import { theme } from "../../state/theme.ts";
import type { ChartData, MeasuredExemplar } from "./chart_data.ts";

/** More lines than colors would be confusing. */
export const MAX_LINES = 8;

const POINT_PIXELS = 6;

/** The distances between marks for bytes: others would not be round in KiB and MiB. */
const POWERS_OF_TWO = Array.from({ length: 64 }, (_, power) => 2 ** power);

export interface ChartProps {
  data: ChartData;
  heightPixels: number;
  /** A text alternative for the chart; a table beside it has the numbers. */
  label: string;
}

/** A line chart over time; dots are exemplars, which link to their traces. */
export function Chart({ data, heightPixels, label }: ChartProps) {
  const element = useRef<HTMLDivElement>(null);
  const width = useSignal(0);

  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      width.value = Math.floor(entry?.contentRect.width ?? 0);
    });
    observer.observe(element.current!);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    if (width.value === 0 || data.times.length === 0) return;
    const plot = new uPlot(
      plotOptions(data, element.current!, width.value, heightPixels),
      [data.times, ...data.lines.slice(0, MAX_LINES).map(({ values }) => values)],
      element.current!,
    );
    return () => plot.destroy();
  }, [data, width.value, heightPixels, theme.value]);

  return (
    <div class="chart" role="img" aria-label={label}>
      <div ref={element} style={{ height: `${heightPixels}px` }} />
    </div>
  );
}

function plotOptions(
  data: ChartData,
  element: HTMLElement,
  width: number,
  height: number,
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
    scales: { x: { time: true }, y: { range: rangeOf } },
    axes: [
      {
        ...axis,
        size: 28,
        values: (_, splits) => splits.map((at) => formatClock(at * 1000).slice(0, 8)),
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
      ...data.lines.slice(0, MAX_LINES).map(({ label }, i) => ({
        label,
        stroke: resolved(`--service-${i % MAX_LINES}`),
        width: 1.5,
        spanGaps: true,
        points: { show: data.times.length < 3, size: POINT_PIXELS },
      })),
    ],
    hooks: { draw: [(plot) => drawExemplars(plot, data.exemplars, resolved("--accent"))] },
    plugins: [{ hooks: { ready: (plot) => openOnClick(plot, data.exemplars) } }],
  };
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
