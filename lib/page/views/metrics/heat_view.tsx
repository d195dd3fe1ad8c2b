import { useMemo, useRef, useState } from "preact/hooks";
import { TimeLabels } from "../../chart/axes.tsx";
import { useWidth } from "../../chart/use_width.ts";
import { formatCount, formatValue } from "../../format/number.ts";
import { formatClock, formatMoment, formatTick } from "../../format/time.ts";
import { navigate, traceHref } from "../../state/place.ts";
import type { MeasuredExemplar } from "./chart_data.ts";
import { type HeatLayout, heatLayout, type HeatMap } from "./heat.ts";

const HEIGHT_PIXELS = 240;
const NEAR_PIXELS = 12;
/** The least height of a row that has a label. */
const LABEL_PIXELS = 18;
const DIAMOND = "M0-5 5 0 0 5-5 0Z";

/** A cell, by column and row. */
type Place = readonly [column: number, row: number];

export interface HeatMapViewProps {
  map: HeatMap;
  unit: string;
  name: string;
}

/** A histogram over time: the stronger the color, the more measurements. Exemplars are diamonds, a click opens their trace. */
export function HeatMapView({ map, unit, name }: HeatMapViewProps) {
  const element = useRef<HTMLDivElement>(null);
  const widthPixels = useWidth(element);
  const layout = useMemo(
    () => heatLayout(map, { widthPixels, heightPixels: HEIGHT_PIXELS }),
    [map, widthPixels],
  );
  const [place, setPlace] = useState<Place>();
  const [exemplar, setExemplar] = useState<MeasuredExemplar>();
  const look = (event: PointerEvent | MouseEvent) => {
    const { left, top } = element.current!.getBoundingClientRect();
    const [x, y] = [event.clientX - left, event.clientY - top];
    const near = exemplarNear(layout, x, y);
    setExemplar(near);
    setPlace(placeAt(map, layout, x, y));
    return near;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = nextPlace(map, place, event);
    const own = place && exemplarIn(map, layout, place);
    if (next) {
      setPlace(next);
      setExemplar(exemplarIn(map, layout, next));
    } else if (event.key === "Enter" && own) open(own);
    else return;
    event.preventDefault();
  };
  return (
    <div
      ref={element}
      class={`heat${exemplar ? " on-exemplar" : ""}`}
      role="application"
      aria-roledescription="chart"
      aria-label={`Distribution of ${name} over time. Arrow keys go from cell to cell, Enter opens the trace of an exemplar.`}
      aria-describedby="heat-cell"
      tabIndex={0}
      data-scrolls
      onPointerMove={look}
      onPointerLeave={() => setPlace(undefined)}
      onClick={(event) => open(look(event))}
      onKeyDown={onKeyDown}
      onBlur={() => setPlace(undefined)}
    >
      {widthPixels > 0 && (
        <svg width={widthPixels} height={HEIGHT_PIXELS} aria-hidden="true">
          <Drawing map={map} layout={layout} unit={unit} />
          {place && <Frame map={map} layout={layout} place={place} />}
        </svg>
      )}
      <p class="chart-value" id="heat-cell" role="status">
        {place
          ? describe(map, place, exemplar, unit)
          : `At most ${formatCount(map.most)} in a cell.`}
      </p>
    </div>
  );
}

function Drawing({ map, layout, unit }: { map: HeatMap; layout: HeatLayout; unit: string }) {
  return useMemo(() => {
    const { plot, x, topOf, rowPixels, dots } = layout;
    const every = Math.ceil(LABEL_PIXELS / rowPixels);
    const nowMillis = Date.now();
    return (
      <>
        <g class="axes">
          {map.rows.map(({ high }, row) =>
            (map.rows.length - 1 - row) % every === 0 && (
              <text key={row} x={plot.left - 8} y={topOf(row) + 5} text-anchor="end">
                {Number.isFinite(high) ? formatValue(high, unit) : "∞"}
              </text>
            )
          )}
          <TimeLabels
            plot={plot}
            x={x}
            xText={(tick, index) =>
              formatTick(tick, { stepMillis: x.stepMillis, isFirst: index === 0, nowMillis })}
          />
        </g>
        {map.cells.map((cell) => {
          const { left, width } = columnBox(map, layout, cell.column);
          return (
            <rect
              key={`${cell.column} ${cell.row}`}
              class="heat-cell"
              x={left}
              y={topOf(cell.row)}
              width={Math.max(1, width - 0.5)}
              height={Math.max(1, rowPixels - 0.5)}
              fill-opacity={0.1 + 0.9 * Math.sqrt(cell.count / map.most)}
            />
          );
        })}
        {dots.filter(({ exemplar }) => exemplar.traceId).map(({ x, y }, index) => (
          <path key={index} class="exemplar" d={DIAMOND} transform={`translate(${x},${y})`} />
        ))}
      </>
    );
  }, [map, layout, unit]);
}

function Frame({ map, layout, place: [column, row] }: FrameProps) {
  const { left, width } = columnBox(map, layout, column);
  return (
    <rect
      class="heat-frame"
      x={left}
      y={layout.topOf(row)}
      width={width}
      height={layout.rowPixels}
    />
  );
}

interface FrameProps {
  map: HeatMap;
  layout: HeatLayout;
  place: Place;
}

function columnBox({ columns }: HeatMap, { x }: HeatLayout, column: number) {
  const { from, to } = columns[column]!;
  const left = x.toPixels(from * 1000);
  return { left, width: x.toPixels(to * 1000) - left };
}

function placeAt(map: HeatMap, layout: HeatLayout, x: number, y: number): Place | undefined {
  const seconds = layout.x.toValue(x) / 1000;
  const column = map.columns.findIndex(({ from, to }) => seconds >= from && seconds <= to);
  const row = Math.floor((layout.plot.bottom - y) / layout.rowPixels);
  return column < 0 || row < 0 || row >= map.rows.length ? undefined : [column, row];
}

/** The cell that an arrow key leads to; the newest with measurements at first. */
function nextPlace(map: HeatMap, place: Place | undefined, { key }: KeyboardEvent) {
  const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[key];
  if (!step) return undefined;
  const last = map.cells.at(-1);
  if (!place) return last && [last.column, last.row] as const;
  const within = (value: number, count: number) => Math.min(Math.max(value, 0), count - 1);
  return [
    within(place[0] + step[0]!, map.columns.length),
    within(place[1] + step[1]!, map.rows.length),
  ] as const;
}

function exemplarNear({ dots }: HeatLayout, x: number, y: number): MeasuredExemplar | undefined {
  const near = dots.filter((dot) => Math.hypot(dot.x - x, dot.y - y) <= NEAR_PIXELS);
  return near.find(({ exemplar }) => exemplar.traceId)?.exemplar;
}

function exemplarIn(map: HeatMap, layout: HeatLayout, place: Place): MeasuredExemplar | undefined {
  return layout.dots.find(({ exemplar, x, y }) => {
    const own = exemplar.traceId ? placeAt(map, layout, x, y + 0.01) : undefined;
    return own?.[0] === place[0] && own[1] === place[1];
  })?.exemplar;
}

function open(exemplar: MeasuredExemplar | undefined): void {
  if (exemplar?.traceId) navigate(traceHref(exemplar.traceId, exemplar.spanId || undefined));
}

function describe(
  { columns, rows, cells }: HeatMap,
  [column, row]: Place,
  exemplar: MeasuredExemplar | undefined,
  unit: string,
): string {
  const { from, to } = columns[column]!;
  const { low, high } = rows[row]!;
  const count = cells.find((cell) => cell.column === column && cell.row === row)?.count ?? 0;
  const sizes = Number.isFinite(high)
    ? `above ${formatValue(low, unit)} up to ${formatValue(high, unit)}`
    : `above ${formatValue(low, unit)}`;
  const times = `${formatMoment(from * 1000, Date.now())} – ${formatClock(to * 1000)}`;
  const sample = exemplar
    ? ` · exemplar of ${formatValue(exemplar.value, unit)}: open its trace`
    : "";
  return `${times} · ${formatCount(count)} ${sizes}${sample}`;
}
