import { useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { PathSegment } from "../../../trace/critical_path.ts";
import type { Trace, TraceSpan } from "../../../trace/spans.ts";
import { formatDuration } from "../../format/duration.ts";
import { serviceColor } from "../../state/service_colors.ts";
import { COLUMNS, densityOf, pathRuns, startColumns } from "./minimap_data.ts";
import { shareOf, type TimeWindow, wholeWindow, windowBetween } from "./time_window.ts";
import type { Zoom } from "./use_time_window.ts";
import { wheelZoom } from "./wheel_zoom.ts";

/** The coordinates of the drawing. */
const HEIGHT = 40;
const PATH_TOP = 36;
/** A shorter drag is a click. */
const LEAST_DRAG_SHARE = 0.004;
const PAN_SHARE = 0.1;
const ZOOM_FACTOR = 1.5;

export interface MinimapProps {
  trace: Trace;
  path: readonly PathSegment[];
  /** The spans that the search found. */
  found: readonly TraceSpan[];
  zoom: Zoom;
}

/**
 * The whole trace at a glance: how many spans run, where spans fail, and the services on the critical path.
 * Dragging selects the visible time.
 */
export function Minimap({ trace, path, found, zoom }: MinimapProps) {
  const element = useRef<HTMLDivElement>(null);
  const dragged = useSignal<{ from: number; to: number } | undefined>(undefined);
  useEffect(() =>
    wheelZoom(element.current!, () => ({ zoom, shown: wholeWindow(zoom.totalNanos) }))
  );
  const { startNanos, endNanos } = zoom.window;
  const total = zoom.totalNanos || 1;
  const shown = dragged.value ? between(dragged.value, total) : zoom.window;
  return (
    <div
      ref={element}
      class="minimap"
      role="slider"
      tabIndex={0}
      data-scrolls
      aria-label="Visible time"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(50 * (startNanos + endNanos) / total)}
      aria-valuetext={`${formatDuration(startNanos)} to ${formatDuration(endNanos)}`}
      title="Drag to zoom, double-click to show all. Keys: + - h l 0"
      onDblClick={zoom.reset}
      onKeyDown={(event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        const act = {
          ArrowLeft: () => zoom.panBy(-PAN_SHARE),
          ArrowRight: () => zoom.panBy(PAN_SHARE),
          ArrowUp: () => zoom.zoomBy(ZOOM_FACTOR),
          ArrowDown: () => zoom.zoomBy(1 / ZOOM_FACTOR),
          Home: zoom.reset,
        }[event.key];
        if (!act) return;
        event.preventDefault();
        act();
      }}
      onPointerDown={({ currentTarget, pointerId, clientX, button }) => {
        if (button !== 0) return;
        currentTarget.setPointerCapture(pointerId);
        const at = shareAt(currentTarget, clientX);
        dragged.value = { from: at, to: at };
      }}
      onPointerMove={({ currentTarget, clientX }) => {
        if (!dragged.value) return;
        dragged.value = { from: dragged.value.from, to: shareAt(currentTarget, clientX) };
      }}
      onPointerUp={() => {
        const drag = dragged.value;
        dragged.value = undefined;
        if (!drag || Math.abs(drag.to - drag.from) < LEAST_DRAG_SHARE) return;
        zoom.set(between(drag, total));
      }}
      onPointerCancel={() => dragged.value = undefined}
    >
      <Drawing trace={trace} path={path} found={found} />
      {(dragged.value !== undefined || !zoom.isWhole) && (
        <>
          <div
            class="minimap-hidden"
            style={{ left: 0, width: percent(shareOf(shown.startNanos, whole(total))) }}
          />
          <div
            class="minimap-hidden"
            style={{ right: 0, width: percent(1 - shareOf(shown.endNanos, whole(total))) }}
          />
        </>
      )}
    </div>
  );
}

function Drawing({ trace, path, found }: Omit<MinimapProps, "zoom">) {
  const area = useMemo(() => {
    const points = densityOf(trace).map((share, column) => {
      const y = PATH_TOP - 3 - share * (PATH_TOP - 6);
      return `L${column} ${y.toFixed(1)}H${column + 1}`;
    });
    return `M0 ${PATH_TOP - 3}${points.join("")}V${PATH_TOP - 3}Z`;
  }, [trace]);
  const runs = useMemo(() => pathRuns(path, trace), [path, trace]);
  const failed = useMemo(
    () => startColumns(trace.spans.filter(({ isError }) => isError), trace.durationNanos),
    [trace],
  );
  const marks = useMemo(() => startColumns(found, trace.durationNanos), [found, trace]);
  return (
    <svg viewBox={`0 0 ${COLUMNS} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      <path class="minimap-density" d={area} />
      {failed.map((column) => (
        <rect
          key={column}
          class="minimap-failed"
          x={column}
          y={0}
          width={1}
          height={PATH_TOP - 3}
        />
      ))}
      {marks.map((column) => (
        <rect key={column} class="minimap-found" x={column} y={0} width={1} height={PATH_TOP - 3} />
      ))}
      {runs.map(({ serviceName, start, end }) => (
        <rect
          key={start}
          class="minimap-path"
          data-color={serviceColor(serviceName)}
          x={start}
          y={PATH_TOP}
          width={end - start}
          height={HEIGHT - PATH_TOP}
        />
      ))}
    </svg>
  );
}

function between({ from, to }: { from: number; to: number }, total: number): TimeWindow {
  return windowBetween(from * total, to * total, total);
}

function whole(total: number): TimeWindow {
  return wholeWindow(total);
}

function shareAt(element: HTMLElement, clientX: number): number {
  const { left, width } = element.getBoundingClientRect();
  return Math.max(0, Math.min(1, (clientX - left) / width));
}

function percent(share: number): string {
  return `${100 * share}%`;
}
