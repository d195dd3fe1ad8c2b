import { COLORS, colorSequence, isColored, PLAIN } from "../colors.ts";

/** How a text can stand out. */
export type Style = keyof typeof COLORS;

/** Colors a text for a terminal; elsewhere, and with NO_COLOR, it stays as it is. */
export function paint(style: Style, text: string): string {
  return isColored() ? colored(style, text) : text;
}

/** A text with the codes that make it stand out, wherever it is written. */
export function colored(style: Style, text: string): string {
  return colorSequence(COLORS[style]) + text + colorSequence(PLAIN);
}
