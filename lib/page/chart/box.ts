/** A part of a chart, in pixels. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Less than this is a click, and no extent of a selection. */
export const LEAST_DRAG_PIXELS = 5;

/** The box between two points, in any order, clipped to the plot. */
export function boxBetween(
  a: { x: number; y: number },
  b: { x: number; y: number },
  plot: Box,
): Box {
  const within = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high);
  return {
    left: within(Math.min(a.x, b.x), plot.left, plot.right),
    right: within(Math.max(a.x, b.x), plot.left, plot.right),
    top: within(Math.min(a.y, b.y), plot.top, plot.bottom),
    bottom: within(Math.max(a.y, b.y), plot.top, plot.bottom),
  };
}

/** Whether a drag was so flat that it selects only along the horizontal axis. */
export function isFlat({ top, bottom }: Box): boolean {
  return bottom - top < LEAST_DRAG_PIXELS;
}

/** Whether a drag was so steep that it selects only along the vertical axis. */
export function isSteep({ left, right }: Box): boolean {
  return right - left < LEAST_DRAG_PIXELS;
}
