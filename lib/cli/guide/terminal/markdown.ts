import { type Block, type Inline, parseInline, parseMarkdown } from "../../../markdown.ts";
import type { Style } from "../../terminal/style.ts";
import { drawn, type Line, line, type Piece, piece, wrap } from "../../screen/line.ts";

/** Options for rendering. */
export interface Paper {
  /** In columns. */
  width: number;
  /** Without colors, `code` keeps its backticks. */
  isColored: boolean;
}

const CODE_INDENT = 4;
const LIST_INDENT = 2;

/** Renders Markdown. */
export function markdown(text: string, paper: Paper): Line[] {
  return linesOf(parseMarkdown(text.trimEnd()), paper, 0);
}

/** Renders inline Markdown: `code`, **strong** and links. */
export function inline(text: string, isColored: boolean): Piece[] {
  return piecesOf(parseInline(text), isColored);
}

/** An empty line precedes each block, except the first one in a container. */
function linesOf(
  blocks: readonly Block[],
  paper: Paper,
  indent: number,
  { isBehind = false }: { isBehind?: boolean } = {},
): Line[] {
  return blocks.flatMap((block, index) => [
    // Except before a list that continues its introduction.
    ...(index > 0 || isBehind) && !(block.isTight && block.kind === "list") ? [[]] : [],
    ...linesOfBlock(block, paper, indent),
  ]);
}

function linesOfBlock(block: Block, paper: Paper, indent: number): Line[] {
  const { width, isColored } = paper;
  switch (block.kind) {
    case "paragraph":
      return wrap(piecesOf(block.text, isColored), width, { first: indent });
    case "heading":
      return wrap(piecesOf(block.text, isColored, "bold"), width, { first: indent });
    case "code":
      return block.text.split("\n").flatMap((source) =>
        codeLines(source, width, indent, block.language === "sh")
      );
    case "list":
      return block.items.flatMap((item, index) => [
        ...index > 0 && block.isLoose ? [[]] : [],
        ...itemLines(item, block.isOrdered ? `${block.start + index}.` : "-", paper, indent),
      ]);
  }
}

/** The lines of an item are indented by its marker. */
function itemLines(item: readonly Block[], mark: string, paper: Paper, indent: number): Line[] {
  const first = indent === 0 ? LIST_INDENT : indent;
  const rest = first + mark.length + 1;
  const [head, ...more] = item;
  const text = head?.kind === "paragraph" ? piecesOf(head.text, paper.isColored) : [];
  return [
    ...wrap([piece(`${mark} `), ...text], paper.width, { first, rest }),
    ...linesOf(head?.kind === "paragraph" ? more : item, paper, rest, { isBehind: true }),
  ];
}

/** A command on several lines can be pasted: the shell continues a line that ends in a backslash. */
function codeLines(source: string, width: number, indent: number, isShell: boolean): Line[] {
  const space = /^[ \t]*/.exec(source)![0].replaceAll("\t", "  ").length;
  const first = indent + CODE_INDENT + space;
  const wrapTo = (columns: number) =>
    wrap(line(source.trim(), "cyan"), columns, { first, rest: first + 2 });
  const lines = wrapTo(width);
  if (!isShell || lines.length === 1 || source.trim().startsWith("#")) return lines;
  const shorter = wrapTo(width - CONTINUED.length);
  return shorter.map((one, index) => {
    const before = drawn(shorter.slice(0, index + 1).flat(), false);
    const isWhole = index === shorter.length - 1 || QUOTED.test(before);
    return isWhole ? one : [...one, piece(CONTINUED, "cyan")];
  });
}

const CONTINUED = " \\";

/** A text that ends within quotes, where a backslash would be part of the argument. */
const QUOTED = /^(?:[^'"\\]|\\.|'[^']*'|"(?:[^"\\]|\\.)*")*['"][^'"]*$/;

function piecesOf(parts: readonly Inline[], isColored: boolean, style?: Style): Piece[] {
  return parts.flatMap((part) => {
    switch (part.kind) {
      case "text":
        return piece(part.text.replaceAll("\n", " "), style);
      case "code":
        return piece(isColored ? part.text : `\`${part.text}\``, "cyan");
      case "key":
        return piece(part.text, "bold");
      case "strong":
        return piecesOf(part.text, isColored, "bold");
      case "link": {
        const label = piecesOf(part.text, isColored, style);
        const isBare = label.map(({ text }) => text).join("") === part.href;
        return isBare ? label : [...label, piece(` (${part.href})`, style)];
      }
    }
  });
}
