import { useMemo, useRef, useState } from "preact/hooks";
import type { TracePoints } from "../../../collector/model.ts";
import { Axes } from "../../chart/axes.tsx";
import { type Box, boxBetween } from "../../chart/box.ts";
import { useDrag } from "../../chart/use_drag.ts";
import { useWidth } from "../../chart/use_width.ts";
import { formatDuration } from "../../format/duration.ts";
import { countOf, formatCount } from "../../format/number.ts";
import { formatMoment, formatTick, toMillis } from "../../format/time.ts";
import { navigate, traceHref } from "../../state/place.ts";
import type { TimeRange } from "../../state/time_range.ts";
import {
  type Dot,
  dotNear,
  neighbor,
  type ScatterLayout,
  scatterLayout,
  type Selection,
  selectionOf,
} from "./scatter.ts";

const HEIGHT_PIXELS = 128;
const RADIUS_PIXELS = 3.5;
/** An error is a cross, so that it can be told from others without color. */
const CROSS = "M-3.5-3.5 3.5 3.5M-3.5 3.5 3.5-3.5";

export interface ScatterProps {
  data: TracePoints;
  range: Pick<TimeRange, "fromMillis" | "toMillis">;
  nowMillis: number;
  onSelect: (selection: Selection) => void;
}

/** The durations of traces over time. A click opens a trace, dragging selects times and durations. */
export function Scatter({ data, range, nowMillis, onSelect }: ScatterProps) {
  const element = useRef<HTMLDivElement>(null);
  const widthPixels = useWidth(element);
  const layout = useMemo(
    () =>
      scatterLayout(data.points, range, nowMillis, { widthPixels, heightPixels: HEIGHT_PIXELS }),
    [data, range.fromMillis, range.toMillis, nowMillis, widthPixels],
  );
  const [shown, setShown] = useState<Dot>();
  const keys = useScatterKeys(layout, shown, setShown, onSelect);
  const { box, handlers } = useDrag({
    plot: layout.plot,
    onSelect: (box) => onSelect(selectionOf(box, layout)),
    onClick: (x, y) => open(dotNear(layout.dots, x, y)),
    onHover: (at) => setShown(at && dotNear(layout.dots, at.x, at.y)),
  });
  const chosen = box ?? keys.box;
  return (
    <div
      ref={element}
      class="scatter"
      role="application"
      aria-roledescription="chart"
      aria-label={labelOf(data)}
      aria-describedby="scatter-point"
      tabIndex={0}
      data-scrolls
      onKeyDown={keys.onKeyDown}
      onBlur={keys.end}
      {...handlers}
    >
      {layout.outside > 0 && (
        <p class="chart-outside">{countOf(layout.outside, "older trace")} not drawn</p>
      )}
      {widthPixels > 0 && (
        <svg width={widthPixels} height={HEIGHT_PIXELS} aria-hidden="true">
          <Drawing layout={layout} nowMillis={nowMillis} />
          {chosen && <Selected box={chosen} layout={layout} />}
          {shown && <circle class="ring" cx={shown.x} cy={shown.y} r={RADIUS_PIXELS + 4} />}
        </svg>
      )}
      <p
        id="scatter-point"
        class={shown ? "chart-note" : "visually-hidden"}
        role="status"
        style={shown && noteStyle(shown, widthPixels)}
      >
        {shown && describe(shown, nowMillis)}
      </p>
    </div>
  );
}

/** Axes and dots; drawn anew only when they change. */
function Drawing({ layout, nowMillis }: { layout: ScatterLayout; nowMillis: number }) {
  return useMemo(() => {
    const { plot, x, y, dots } = layout;
    const xText = (tick: number, index: number) =>
      formatTick(tick, { stepMillis: x.stepMillis, isFirst: index === 0, nowMillis });
    return (
      <>
        <Axes plot={plot} x={x} y={y} xText={xText} yText={formatDuration} />
        {dots.map(({ point: { traceId, errorCount }, ...at }) =>
          errorCount > 0
            ? (
              <path
                key={traceId}
                class="dot-failed"
                d={CROSS}
                transform={`translate(${at.x},${at.y})`}
              />
            )
            : <circle key={traceId} class="dot-ok" cx={at.x} cy={at.y} r={RADIUS_PIXELS} />
        )}
      </>
    );
  }, [layout]);
}

/** A selection; along the whole plot if it is flat or steep. */
function Selected({ box, layout: { plot } }: { box: Box; layout: ScatterLayout }) {
  const isFlat = box.bottom - box.top < 5;
  const isSteep = box.right - box.left < 5;
  const [top, bottom] = isFlat ? [plot.top, plot.bottom] : [box.top, box.bottom];
  const [left, right] = isSteep ? [plot.left, plot.right] : [box.left, box.right];
  return <rect class="selection" x={left} y={top} width={right - left} height={bottom - top} />;
}

/** Arrows go from trace to trace, with Shift they select, and Enter opens or applies. */
function useScatterKeys(
  layout: ScatterLayout,
  shown: Dot | undefined,
  show: (dot: Dot | undefined) => void,
  onSelect: (selection: Selection) => void,
) {
  const anchor = useRef<Dot>();
  const axes = useRef(new Set<"x" | "y">());
  const [box, setBox] = useState<Box>();
  const end = () => {
    anchor.current = undefined;
    setBox(undefined);
    show(undefined);
  };
  const move = (key: string, isSelecting: boolean) => {
    const along = key === "ArrowLeft" || key === "ArrowRight" ? "x" : "y";
    const next = neighbor(
      layout.dots,
      shown,
      along,
      key === "ArrowRight" || key === "ArrowUp" ? 1 : -1,
    );
    if (!next) return;
    show(next);
    if (!isSelecting || !anchor.current) axes.current.clear();
    anchor.current = isSelecting ? anchor.current ?? shown ?? next : undefined;
    axes.current.add(along);
    setBox(anchor.current && boxAround(anchor.current, next, axes.current, layout.plot));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key.startsWith("Arrow")) move(event.key, event.shiftKey);
    else if (event.key === "Enter" && box) {
      onSelect(selectionOf(box, layout));
      end();
    } else if (event.key === "Enter" && shown) open(shown);
    else if (event.key === "Escape" && (box || shown)) end();
    else return;
    event.preventDefault();
  };
  return { box, end, onKeyDown };
}

/** A little larger than both dots, so that it selects them; flat or steep if only one axis is used. */
function boxAround(a: Dot, b: Dot, axes: ReadonlySet<"x" | "y">, plot: Box): Box {
  const { left, right, top, bottom } = boxBetween(a, b, plot);
  return {
    ...axes.has("x") ? { left: left - 3, right: right + 3 } : { left, right: left },
    ...axes.has("y") ? { top: top - 3, bottom: bottom + 3 } : { top, bottom: top },
  };
}

function open(dot: Dot | undefined): void {
  if (dot) navigate(traceHref(dot.point.traceId));
}

function describe({ point }: Dot, nowMillis: number): string {
  const { name, serviceName, durationNanos, errorCount, startTimeUnixNano } = point;
  return [
    formatMoment(toMillis(startTimeUnixNano), nowMillis),
    name || "(no name)",
    serviceName || "unnamed service",
    formatDuration(durationNanos),
    ...errorCount > 0 ? [countOf(errorCount, "error")] : [],
  ].join(" · ");
}

function noteStyle({ x, y }: Dot, widthPixels: number) {
  return x > widthPixels / 2
    ? { right: `${widthPixels - x + 10}px`, top: `${Math.max(0, y - 12)}px` }
    : { left: `${x + 10}px`, top: `${Math.max(0, y - 12)}px` };
}

function labelOf({ points, matched }: TracePoints): string {
  const failed = points.filter(({ errorCount }) => errorCount > 0).length;
  const some = points.length < matched
    ? `the newest ${formatCount(points.length)} traces`
    : countOf(points.length, "trace");
  return `Durations of ${some} over time, ${formatCount(failed)} with errors. ` +
    "Arrow keys go from trace to trace, Enter opens one. With Shift, they select times and " +
    "durations, and Enter applies the selection. The list has the same traces.";
}
