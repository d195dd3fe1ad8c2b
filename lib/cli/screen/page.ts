import { cut } from "../terminal/text.ts";
import { drawn, type Line, line, textOf, widthOfLine, wrap } from "./line.ts";

/** The minimum size of a useful view. */
const MIN_COLUMNS = 30;
const MIN_ROWS = 10;

/** The header, and a rule above and below the scrolling part. */
const FIXED_ROWS = 3;

/** The drawing area. */
export interface Canvas {
  columns: number;
  rows: number;
  isColored: boolean;
  /** In milliseconds since 1970. */
  now: number;
}

/** A full-screen view. */
export interface Page<Section extends string = never> {
  /** The header line. */
  head: Line;
  /** The headings of columns: above the scrolling lines, and always visible. */
  headings?: Line;
  /** The scrolling lines. */
  lines: Line[];
  /** The lines at the bottom, which are always visible. */
  foot: Line[];
  /** The positions of sections in `lines`. */
  sections?: Partial<Record<Section, number>>;
  /** A line of `lines` that must be visible. */
  focus?: number;
}

/** The visible part of a page, in lines. */
export interface Extent {
  first: number;
  shown: number;
  total: number;
}

/** The page from the given line or section on, one text per row. None is wider than the terminal. */
export function layOut<Section extends string>(
  page: Page<Section>,
  scroll: number | Section,
  canvas: Canvas,
): string[] {
  const { columns, rows, isColored } = canvas;
  if (columns < MIN_COLUMNS || rows < MIN_ROWS) return tooSmall(canvas);
  const { first, shown, total } = extentOf(page, scroll, canvas);
  const below = total - first - shown;
  const middle = page.lines.slice(first, first + shown);
  const empty: Line[] = Array(shown - middle.length).fill([]);
  return [
    page.head,
    rule("↑", first, columns),
    ...page.headings ? [page.headings] : [],
    ...middle,
    ...empty,
    rule("↓", below, columns),
    ...page.foot,
  ].map((shown) => drawn(fitted(shown, columns), isColored));
}

/** The visible part of a page that begins with this line or section, if there are enough lines after it. */
export function extentOf<Section extends string>(
  { lines, headings, foot, sections, focus }: Page<Section>,
  scroll: number | Section,
  { rows }: Canvas,
): Extent {
  const shown = Math.max(rows - FIXED_ROWS - (headings ? 1 : 0) - foot.length, 1);
  const total = lines.length;
  const wanted = typeof scroll === "number" ? scroll : sections?.[scroll] ?? 0;
  let first = Math.max(0, Math.min(wanted, total - shown));
  // Some lines around the selection show its context.
  if (focus !== undefined) first = Math.max(0, Math.min(focus - (shown >> 1), total - shown));
  return { first, shown, total };
}

/** The first visible line after a key; undefined if the key does not scroll. */
export function scrolled(key: string, { first, shown, total }: Extent): number | undefined {
  const end = Math.max(total - shown, 0);
  // One line of the previous page stays visible.
  const page = Math.max(shown - 1, 1);
  switch (key) {
    case "up":
    case "k":
      return Math.max(first - 1, 0);
    case "down":
    case "j":
      return Math.min(first + 1, end);
    case "pageup":
      return Math.max(first - page, 0);
    case "pagedown":
    case "space":
      return Math.min(first + page, end);
    case "home":
      return 0;
    case "end":
      return end;
  }
  return undefined;
}

/** A line that is too wide is cut, in the style of its beginning. */
function fitted(given: Line, columns: number): Line {
  if (widthOfLine(given) <= columns) return given;
  return line(cut(textOf(given), columns), given[0]?.style);
}

/** A rule with the number of hidden lines beyond it. */
function rule(arrow: string, hidden: number, columns: number): Line {
  const mark = `${arrow} ${hidden} more ${hidden === 1 ? "line" : "lines"}`;
  return hidden <= 0
    ? line("─".repeat(columns), "grey")
    : line(`${"─".repeat(columns - mark.length - 4)} ${mark} ──`, "grey");
}

function tooSmall({ columns, rows, isColored }: Canvas): string[] {
  return wrap(line(`Needs ${MIN_COLUMNS}×${MIN_ROWS}, q quits`), columns)
    .slice(0, rows)
    .map((shown) => drawn(shown, isColored));
}
