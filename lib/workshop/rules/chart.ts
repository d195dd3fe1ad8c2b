import { html } from "hono/html";
import type { PanelSeries, Range } from "./panels.ts";

/** In units of the drawing, which is scaled to the width that there is. */
const [WIDTH, HEIGHT] = [400, 170];
const PLOT = { left: 48, right: WIDTH - 8, top: 10, bottom: HEIGHT - 24 };

/** More lines can't be told apart. */
const MAX_LINES = 8;

const STEPS = [1, 2, 2.5, 5, 10];
const MOST_STEPS = 4;
/** A gap of more than this many steps interrupts a line. */
const GAP_STEPS = 1.5;

/** Lines over time, from 0, as SVG. */
export function chart(series: readonly PanelSeries[], range: Range, label: string) {
  const shown = series.slice(0, MAX_LINES);
  const ticks = ticksUpTo(Math.max(0, ...shown.flatMap(({ points }) => points.map(([, y]) => y))));
  const top = ticks.at(-1)!;
  const x = (at: number) =>
    PLOT.left + (at - range.from) / (range.to - range.from) * (PLOT.right - PLOT.left);
  const y = (value: number) => PLOT.bottom - value / top * (PLOT.bottom - PLOT.top);
  const times = [range.from, (range.from + range.to) / 2, range.to];
  return html`
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}">
      ${ticks.map((tick) =>
        html`
          <line x1="${PLOT.left}" x2="${PLOT.right}" y1="${y(tick)}" y2="${y(tick)}" />
          <text x="${PLOT.left - 6}" y="${y(tick) + 4}" text-anchor="end">${valueText(tick)}</text>
        `
      )} ${times.map((at, index) =>
        html`
          <text x="${x(at)}" y="${HEIGHT - 8}" text-anchor="${["start", "middle", "end"][
            index
          ]}">${timeText(at)}</text>
        `
      )} ${shown.map((one, index) =>
        html`
          <path class="line-${index}" d="${pathOf(one, range, x, y)}" />
        `
      )}
    </svg>
  `;
}

/** A number with at most three digits that count. */
export function valueText(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function timeText(at: number): string {
  return new Date(at).toLocaleTimeString("en-GB");
}

function pathOf(
  { points }: PanelSeries,
  { stepMillis }: Range,
  x: (at: number) => number,
  y: (value: number) => number,
): string {
  return points.map(([at, value], index) => {
    const before = points[index - 1]?.[0];
    const isNext = before !== undefined && at - before <= GAP_STEPS * stepMillis;
    const next = points[index + 1]?.[0];
    // A point between two gaps would have no length.
    const isAlone = !isNext && !(next !== undefined && next - at <= GAP_STEPS * stepMillis);
    return `${isNext ? "L" : "M"}${x(at).toFixed(1)} ${y(value).toFixed(1)}${isAlone ? "h1" : ""}`;
  }).join("");
}

/** Round values from 0 to at least this one. */
function ticksUpTo(highest: number): number[] {
  const rough = highest > 0 ? highest / MOST_STEPS : 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = STEPS.map((factor) => factor * power).find((one) => one >= rough * 0.999)!;
  const count = Math.max(1, Math.ceil(highest / step - 1e-9));
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}
