import stringWidth from "string-width";
import { wrap } from "../flags/help.ts";

/** Joins a course text that is written on several lines. */
export function oneLine(text: string): string {
  return text.trim().split("\n").map((line) => line.trim()).filter(Boolean).join(" ");
}

/** The width of a text in columns. */
export function widthOf(text: string): number {
  return stringWidth(text);
}

/** Wraps text to the width of the terminal, with an indent on all lines but the first. */
export function paragraph(text: string, indent = 0): string {
  return wrap(text, indent, widthOf);
}

/** The text in exactly this many columns: padded, or cut in the middle. */
export function fit(text: string, width: number): string {
  const short = cut(text, width);
  return short + " ".repeat(Math.max(width - widthOf(short), 0));
}

/** The text in at most this many columns, cut in the middle: names differ at both ends. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  const chars = [...text];
  const endWidth = Math.floor((width - 1) / 2);
  const start = takeWhileFits(chars, width - 1 - endWidth);
  const end = takeWhileFits(chars.reverse(), endWidth).reverse();
  return `${start.join("")}…${end.join("")}`;
}

function takeWhileFits(chars: readonly string[], width: number): string[] {
  let taken = 0;
  const end = chars.findIndex((char) => (taken += widthOf(char)) > width);
  return chars.slice(0, end < 0 ? chars.length : end);
}
