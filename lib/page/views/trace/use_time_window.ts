import type { SpanRow } from "../../../trace/rows.ts";
import { useReducer, useRef } from "preact/hooks";
import { useKeys } from "../../state/keyboard.ts";
import { hrefWith, navigate, place } from "../../state/place.ts";
import { useThrottled } from "../../state/throttle.ts";
import {
  panned,
  readWindow,
  type TimeWindow,
  wholeWindow,
  windowBetween,
  writeWindow,
  zoomed,
} from "./time_window.ts";

/** Browsers limit how often the URL may change. */
const WRITE_MS = 300;
const ZOOM_FACTOR = 1.5;
const PAN_SHARE = 0.2;
const MARGIN_SHARE = 0.05;

/** The visible part of the trace, and how to change it. */
export interface Zoom {
  window: TimeWindow;
  totalNanos: number;
  isWhole: boolean;
  set: (window: TimeWindow) => void;
  /** Magnifies around a time; by default, around the middle. A factor below 1 shows more. */
  zoomBy: (factor: number, atNanos?: number) => void;
  /** Moves by a share of the window. */
  panBy: (share: number) => void;
  reset: () => void;
}

/** The visible part of the trace. It is in the URL, which follows with a short delay. */
export function useTimeWindow(totalNanos: number): Zoom {
  const [, update] = useReducer((count: number, _: void) => count + 1, 0);
  /** What the user chose, until the URL is changed by something else. */
  const own = useRef<{ window: TimeWindow; written: string | null }>();
  const text = place.value.params.get("zoom");
  const window = own.current?.written === text ? own.current.window : readWindow(text, totalNanos);
  const write = useThrottled(() => {
    if (!own.current) return;
    const zoom = writeWindow(own.current.window, totalNanos);
    own.current.written = zoom || null;
    navigate(hrefWith({ zoom }), { replace: true });
  }, WRITE_MS);
  const current = useRef(window);
  current.current = window;
  const set = (window: TimeWindow) => {
    current.current = window;
    own.current = { window, written: place.peek().params.get("zoom") };
    update();
    write();
  };
  return {
    window,
    totalNanos,
    isWhole: writeWindow(window, totalNanos) === "",
    set,
    zoomBy: (factor, atNanos) => {
      const { startNanos, endNanos } = current.current;
      set(zoomed(current.current, totalNanos, factor, atNanos ?? (startNanos + endNanos) / 2));
    },
    panBy: (share) => set(panned(current.current, totalNanos, share)),
    reset: () => set(wholeWindow(totalNanos)),
  };
}

/** Keys for the time: `+` and `-` zoom, `z` zooms to a row, `h` and `l` pan, `0` shows all. */
export function useZoomKeys(
  { set, totalNanos, zoomBy, panBy, reset }: Zoom,
  row: SpanRow | undefined,
): void {
  const closer = () => zoomBy(ZOOM_FACTOR);
  useKeys({
    "+": closer,
    "=": closer,
    z: () => row && set(windowAround(row, totalNanos)),
    "-": () => zoomBy(1 / ZOOM_FACTOR),
    h: () => panBy(-PAN_SHARE),
    l: () => panBy(PAN_SHARE),
    "0": reset,
  });
}

/** The time of a row, with some time around it. */
function windowAround({ node, fold }: SpanRow, totalNanos: number): TimeWindow {
  const { startNanos } = fold ?? node;
  const endNanos = fold?.endNanos ?? node.startNanos + node.durationNanos;
  const margin = MARGIN_SHARE * (endNanos - startNanos);
  return windowBetween(
    Math.max(0, startNanos - margin),
    Math.min(totalNanos, endNanos + margin),
    totalNanos,
  );
}
