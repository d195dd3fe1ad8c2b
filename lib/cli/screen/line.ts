import { colored, type Style } from "../terminal/style.ts";
import { cut, widthOf } from "../terminal/text.ts";
import { visible } from "../../unsafe_text.ts";

/** A part of a line with one style. */
export interface Piece {
  text: string;
  style?: Style;
}

/** One line for the terminal. Control characters in it are escaped. */
export type Line = readonly Piece[];

const SEGMENTER = new Intl.Segmenter();

/** A piece of any text, with its control characters escaped. */
export function piece(text: string, style?: Style): Piece {
  // A tab is harmless, and would be unreadable when escaped.
  const shown = visible(text.replaceAll("\t", "  "));
  return style ? { text: shown, style } : { text: shown };
}

/** A line with a single piece. */
export function line(text: string, style?: Style): Line {
  return [piece(text, style)];
}

/** The width of a line in columns. */
export function widthOfLine(pieces: Line): number {
  return widthOf(textOf(pieces));
}

/** A line without styles. */
export function textOf(pieces: Line): string {
  return pieces.map(({ text }) => text).join("");
}

/** A line with escape codes for the terminal. */
export function drawn(pieces: Line, isColored: boolean): string {
  return pieces.map(({ text, style }) => isColored && style ? colored(style, text) : text).join("");
}

/** Two texts at the ends of a line: on the right, the first one that fits beside the left one. */
export function spread(left: Piece, rights: readonly Piece[], width: number): Line {
  const room = width - widthOf(left.text) - 2;
  const right = rights.find(({ text }) => widthOf(text) <= room);
  if (!right) return [{ ...left, text: cut(left.text, width) }];
  return [left, { text: " ".repeat(room + 2 - widthOf(right.text)) }, right];
}

/** The indent of wrapped lines, in columns. */
export interface Indents {
  first?: number;
  rest?: number;
}

/**
 * Wraps text into lines of a maximum width, between words. A word that is wider than a line is broken.
 */
export function wrap(
  pieces: Line,
  width: number,
  { first = 0, rest = first }: Indents = {},
): Line[] {
  const lines: Piece[][] = [];
  let current: Piece[] = [];
  let used = 0;

  function begin(): void {
    const indent = Math.min(lines.length === 0 ? first : rest, Math.max(width - 8, 0));
    current = indent > 0 ? [{ text: " ".repeat(indent) }] : [];
    used = indent;
    lines.push(current);
  }

  begin();
  let isEmpty = true;
  for (const word of wordsOf(pieces)) {
    const wordWidth = widthOfLine(word.pieces);
    const gap = isEmpty && lines.length > 1 ? 0 : word.gap;
    if (!isEmpty && used + gap + wordWidth > width) {
      begin();
      isEmpty = true;
    } else if (gap > 0) {
      current.push({ ...word.pieces[0]!, text: " ".repeat(gap) });
      used += gap;
    }
    for (const part of word.pieces) {
      let text = "";
      for (const { segment } of SEGMENTER.segment(part.text)) {
        const segmentWidth = widthOf(segment);
        if (used + segmentWidth > width) {
          if (text) current.push({ ...part, text });
          text = "";
          begin();
        }
        text += segment;
        used += segmentWidth;
      }
      if (text) current.push({ ...part, text });
    }
    isEmpty = false;
  }
  return lines.map(joined);
}

/** A word may have several pieces: a bold one, and the comma after it. */
interface Word {
  /** Spaces before it. */
  gap: number;
  pieces: Piece[];
}

function wordsOf(pieces: Line): Word[] {
  const words: Word[] = [];
  let gap = 0;
  let word: Word | undefined;
  for (const part of pieces) {
    for (const text of part.text.split(/( +)/)) {
      if (text === "") continue;
      if (text.startsWith(" ")) {
        gap = text.length;
        word = undefined;
      } else {
        if (!word) words.push(word = { gap, pieces: [] });
        word.pieces.push({ ...part, text });
      }
    }
  }
  return words;
}

/** Adjacent pieces with the same style are merged. */
function joined(pieces: readonly Piece[]): Line {
  const all: Piece[] = [];
  for (const part of pieces) {
    const last = all.at(-1);
    if (last && last.style === part.style) last.text += part.text;
    else all.push({ ...part });
  }
  return all;
}
