import { type Line, line, type Piece, piece, wrap } from "./line.ts";

/** What lines are made for. */
export interface Paper {
  /** In columns. */
  width: number;
  /** Without colours `code` keeps its marks. */
  isColored: boolean;
}

const CODE_INDENT = 4;
const FENCE = /^\s*```/;
const HEADING = /^#{1,6}\s+/;
const ITEM = /^(\s*)([-*]|\d+\.)\s+/;
const INLINE = /`([^`]+)`|\*\*(.+?)\*\*|\[([^\]]+)\]\(([^)\s]+)\)/g;

/** The Markdown that steps are written in: paragraphs, lists, fenced blocks, `code`, **strong**, links. */
export function markdown(text: string, paper: Paper): Line[] {
  return blocksOf(text).flatMap((block, index) => [
    ...index > 0 && !(block.isItem && block.isTight) ? [[]] : [],
    ...linesOf(block, paper),
  ]);
}

/** A text within a line: `code`, **strong** and links. */
export function inline(text: string, isColored: boolean): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    const [all, code, strong, label, url] = match;
    if (match.index > end) pieces.push(piece(text.slice(end, match.index)));
    if (code !== undefined) pieces.push(piece(isColored ? code : all, "cyan"));
    else if (strong !== undefined) pieces.push(piece(strong, "bold"));
    else pieces.push(piece(`${label} (${url})`));
    end = match.index + all.length;
  }
  if (end < text.length) pieces.push(piece(text.slice(end)));
  return pieces;
}

/** Lines that belong together. */
interface Block {
  kind: "text" | "heading" | "code";
  lines: string[];
  isItem: boolean;
  /** No empty line stood before it. */
  isTight: boolean;
}

function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let open: Block | undefined;
  let isTight = false;

  function begin(kind: Block["kind"], lines: string[], isItem = false): Block {
    const block = { kind, lines, isItem, isTight };
    blocks.push(block);
    isTight = true;
    return block;
  }

  for (const source of text.trimEnd().split(/\r?\n/)) {
    if (FENCE.test(source)) {
      open = open?.kind === "code" ? undefined : begin("code", []);
    } else if (open?.kind === "code") {
      open.lines.push(source);
    } else if (source.trim() === "") {
      open = undefined;
      isTight = false;
    } else if (HEADING.test(source)) {
      begin("heading", [source.replace(HEADING, "")]);
      open = undefined;
    } else if (ITEM.test(source)) {
      open = begin("text", [source], true);
    } else if (open) {
      open.lines.push(source.trim());
    } else {
      open = begin("text", [source.trim()]);
    }
  }
  return blocks;
}

function linesOf({ kind, lines }: Block, { width, isColored }: Paper): Line[] {
  if (kind === "code") {
    return lines.flatMap((source) => {
      const indent = CODE_INDENT + /^[ \t]*/.exec(source)![0].replaceAll("\t", "  ").length;
      return wrap(line(source.trim(), "cyan"), width, { first: indent, rest: indent + 2 });
    });
  }
  if (kind === "heading") return wrap(line(lines.join(" "), "bold"), width);
  const [, space = "", mark] = ITEM.exec(lines[0]!) ?? [];
  const text = lines.join(" ").replace(ITEM, "");
  if (mark === undefined) return wrap(inline(text, isColored), width);
  const first = space.length + 2;
  return wrap([piece(`${mark} `), ...inline(text, isColored)], width, {
    first,
    rest: first + mark.length + 1,
  });
}
