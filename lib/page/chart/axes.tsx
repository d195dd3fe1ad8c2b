import type { Box } from "./box.ts";
import { placeLabels } from "./labels.ts";
import type { Scale } from "./scale.ts";

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
      <TimeLabels plot={plot} x={x} xText={xText} />
    </g>
  );
}

/** The labels of a time axis, below the plot. */
export function TimeLabels({ plot, x, xText }: Omit<AxesProps, "y" | "yText">) {
  return (
    <>
      {placeLabels(
        x.ticks.map((tick, index) => ({ x: x.toPixels(tick), text: xText(tick, index) })),
        plot,
      )
        .map((label) => (
          <text key={label.x} x={label.x} y={plot.bottom + 16} text-anchor={label.anchor}>
            {label.text}
          </text>
        ))}
    </>
  );
}
