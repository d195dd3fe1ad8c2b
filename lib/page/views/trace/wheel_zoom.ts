import type { TimeWindow } from "./time_window.ts";
import type { Zoom } from "./use_time_window.ts";

/** What the wheel is turned over. */
export interface WheelTarget {
  zoom: Zoom;
  /** The time that the area shows from its left to its right edge. */
  shown: TimeWindow;
  /** The element that shows this time; the one that listens, if undefined. */
  area?: Element;
  /** Whether vertical scrolling zooms only with Ctrl pressed, which pinching does, too. */
  isWithCtrl?: boolean;
}

/** Turning the wheel by this many pixels doubles or halves the visible time. */
const PIXELS_PER_DOUBLING = 300;
const PIXELS_PER_LINE = 16;

/**
 * Zooms with the wheel at the pointer's time, and pans with a horizontal wheel or Shift. The listener isn't
 * passive, because the page must not scroll or zoom instead.
 *
 * @returns Stops listening.
 */
export function wheelZoom(element: HTMLElement, target: () => WheelTarget): () => void {
  const onWheel = (event: WheelEvent) => {
    const { zoom, shown, area = element, isWithCtrl = false } = target();
    const scale = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? PIXELS_PER_LINE : 1;
    const across = (event.shiftKey ? event.deltaX || event.deltaY : event.deltaX) * scale;
    const { left, width } = area.getBoundingClientRect();
    if (Math.abs(across) > Math.abs(event.deltaY * scale) || event.shiftKey) {
      event.preventDefault();
      zoom.panBy(across / width);
    } else if (event.ctrlKey || !isWithCtrl) {
      event.preventDefault();
      const share = Math.max(0, Math.min(1, (event.clientX - left) / width));
      const atNanos = shown.startNanos + share * (shown.endNanos - shown.startNanos);
      zoom.zoomBy(2 ** (-event.deltaY * scale / PIXELS_PER_DOUBLING), atNanos);
    }
  };
  element.addEventListener("wheel", onWheel, { passive: false });
  return () => element.removeEventListener("wheel", onWheel);
}
