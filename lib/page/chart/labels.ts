import type { Box } from "./box.ts";

/** Half of the width of a long label. */
const EDGE_PIXELS = 40;
/** A digit of the labels' font, rounded up. */
const CHARACTER_PIXELS = 7.7;
const GAP_PIXELS = 8;

/** A label of an axis, and which of its ends is at `x`. */
export interface Label {
  x: number;
  text: string;
  anchor: "start" | "middle" | "end";
}

/** Centers labels, unless they would be cut off at an end of the plot. One that would overlap is left out. */
export function placeLabels(
  labels: readonly Omit<Label, "anchor">[],
  { left, right }: Pick<Box, "left" | "right">,
): Label[] {
  let free = -Infinity;
  return labels.flatMap(({ x, text }) => {
    const anchor = x > right - EDGE_PIXELS ? "end" : x < left + EDGE_PIXELS ? "start" : "middle";
    const width = text.length * CHARACTER_PIXELS;
    const start = anchor === "end" ? x - width : anchor === "start" ? x : x - width / 2;
    if (start < free) return [];
    free = start + width + GAP_PIXELS;
    return [{ x, text, anchor }];
  });
}
