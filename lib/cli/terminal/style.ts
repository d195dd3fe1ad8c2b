import { COLORS, colorSequence, isColored, PLAIN } from "../colors.ts";

/** The styles of text. */
export type Style = keyof typeof COLORS;

/** Styles text for a terminal; otherwise, and with NO_COLOR, returns it unchanged. */
export function paint(style: Style, text: string): string {
  return isColored() ? colored(style, text) : text;
}

/** A text with escape codes for its style, whatever the output. */
export function colored(style: Style, text: string): string {
  return colorSequence(COLORS[style]) + text + colorSequence(PLAIN);
}
