import stringWidth from "string-width";
import { wrap } from "../flags/help.ts";

/** A text that a course has on several lines. */
export function oneLine(text: string): string {
  return text.trim().split("\n").map((line) => line.trim()).filter(Boolean).join(" ");
}

/** How many columns a text takes. */
export function widthOf(text: string): number {
  return stringWidth(text);
}

/** Breaks a text into lines that fit the terminal, all but the first behind an indent. */
export function paragraph(text: string, indent = 0): string {
  return wrap(text, indent, widthOf);
}

/** The text in exactly so many columns: filled up, or cut in the middle. */
export function fit(text: string, width: number): string {
  const short = cut(text, width);
  return short + " ".repeat(Math.max(width - widthOf(short), 0));
}

/** The text in at most so many columns, cut in the middle: names differ at both ends. */
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
