import type { Box } from "./box.ts";
import type { Scale } from "./scale.ts";

/** Half of the width of a long label. */
const EDGE_PIXELS = 40;

export interface AxesProps {
  plot: Box;
  x: Scale;
  y: Scale;
  xText: (value: number, index: number) => string;
  yText: (value: number) => string;
}

/** Grid lines and labels of a chart. */
export function Axes({ plot, x, y, xText, yText }: AxesProps) {
  return (
    <g class="axes">
      {y.ticks.map((tick) => (
        <g key={tick}>
          <line x1={plot.left} x2={plot.right} y1={y.toPixels(tick)} y2={y.toPixels(tick)} />
          <text x={plot.left - 8} y={y.toPixels(tick) + 4} text-anchor="end">{yText(tick)}</text>
        </g>
      ))}
      {x.ticks.map((tick, index) => (
        <TimeLabel key={tick} plot={plot} x={x.toPixels(tick)} text={xText(tick, index)} />
      ))}
    </g>
  );
}

/** A label below the plot, centered unless it would be cut off at its ends. */
export function TimeLabel({ plot, x, text }: { plot: Box; x: number; text: string }) {
  const anchor = x > plot.right - EDGE_PIXELS
    ? "end"
    : x < plot.left + EDGE_PIXELS
    ? "start"
    : "middle";
  return <text x={x} y={plot.bottom + 16} text-anchor={anchor}>{text}</text>;
}
