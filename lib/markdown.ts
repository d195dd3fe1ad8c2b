/** A piece of a text in Markdown. */
export type Block = Content & {
  /** Whether no empty line stands between it and what is before it. */
  isTight: boolean;
};

type Content =
  | { kind: "paragraph"; text: Inline[] }
  | { kind: "heading"; text: Inline[] }
  | { kind: "code"; language: string; text: string }
  | {
    kind: "list";
    isOrdered: boolean;
    start: number;
    items: Block[][];
    /** Whether empty lines stand between its items. */
    isLoose: boolean;
  };

/** A piece of a line. */
export type Inline =
  | { kind: "text"; text: string }
  | { kind: "code"; text: string }
  | { kind: "key"; text: string }
  | { kind: "strong"; text: Inline[] }
  | { kind: "link"; href: string; text: Inline[] };

const FENCE = /^```(\S*)\s*$/;
const HEADING = /^#{1,6}\s+(?=\S)/;
const ITEM = /^(?:[-*+]|(\d{1,9})[.)])(\s+)(?=\S)/;
/** Lists in lists that go deeper are shown as they are written. */
const MAX_DEPTH = 8;
/**
 * In the order in which they bind: code, strong, a key in `<kbd>`, a link, and an address that stands alone. Code and
 * strong words have an end within reach, or every beginning would look for it up to the text's end.
 */
const INLINE =
  /(?<!`)(?<ticks>`+)(?!`)(?<code>[^`]|[^`][\s\S]{0,2000}?[^`])\k<ticks>(?!`)|\*\*(?<strong>\S|\S[\s\S]{0,2000}?\S)\*\*|<kbd>(?<key>[^<>]{1,50})<\/kbd>|\[(?<label>[^[\]]+)\]\((?<target>[^()\s]+)\)|(?<address>https?:\/\/[^\s<>"`]*[^\s<>"`?!.,:;)*_~])/g;

/**
 * Reads the part of Markdown that texts of the workshop are written in: paragraphs, headings, lists,
 * fenced blocks, code, strong words, keys and links. All else stays the text that it is.
 *
 * It is our own for the page's sake: the lexer of `marked` 18.2.1 would weigh 15.3 kB there, compressed,
 * where this weighs 1.1 kB of 96. Nor may a course by somebody else hold the guide or end it: that lexer
 * takes 4 s for 12 kB of `*a_`, and overflows the stack for 8 kB of `> `. Tests hold what this makes of
 * the workshop's texts to what `marked` makes of them.
 */
export function parseMarkdown(markdown: string): Block[] {
  return readBlocks(markdown.split(/\r?\n/), 0);
}

/** Reads what may stand within a line. */
export function parseInline(text: string): Inline[] {
  const pieces: Inline[] = [];
  let end = 0;
  for (const { 0: match, index, groups = {} } of text.matchAll(INLINE)) {
    if (index > end) pieces.push({ kind: "text", text: text.slice(end, index) });
    const { code, key, strong, label, target, address } = groups;
    pieces.push(
      code !== undefined
        ? { kind: "code", text: trimCode(code.replaceAll("\n", " ")) }
        : key !== undefined
        ? { kind: "key", text: key }
        : strong !== undefined
        ? { kind: "strong", text: parseInline(strong) }
        : label !== undefined
        ? { kind: "link", href: target!, text: parseInline(label) }
        : { kind: "link", href: address!, text: [{ kind: "text", text: address! }] },
    );
    end = index + match.length;
  }
  if (end < text.length) pieces.push({ kind: "text", text: text.slice(end) });
  return pieces;
}

interface Read {
  block?: Content;
  /** The first line after it. */
  end: number;
}

function readBlocks(lines: readonly string[], depth: number): Block[] {
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length;) {
    const line = lines[at]!;
    const read = line.trim() === ""
      ? { end: at + 1 }
      : FENCE.test(line)
      ? readFence(lines, at)
      : HEADING.test(line)
      ? readHeading(lines, at)
      : ITEM.test(line) && depth < MAX_DEPTH
      ? readList(lines, at, depth)
      : readParagraph(lines, at);
    const isTight = at > 0 && lines[at - 1]!.trim() !== "";
    if (read.block) blocks.push({ ...read.block, isTight });
    at = read.end;
  }
  return blocks;
}

function readFence(lines: readonly string[], start: number): Read {
  const language = FENCE.exec(lines[start]!)![1]!;
  const closing = lines.indexOf("```", start + 1);
  const end = closing < 0 ? lines.length : closing;
  const text = lines.slice(start + 1, end).join("\n");
  return { block: { kind: "code", language, text }, end: end + 1 };
}

function readHeading(lines: readonly string[], at: number): Read {
  const text = parseInline(lines[at]!.replace(HEADING, "").trimEnd());
  return { block: { kind: "heading", text }, end: at + 1 };
}

/** An item goes on with lines that are indented as far as its own text, or that just go on. */
function readList(lines: readonly string[], start: number, depth: number): Read {
  const number = ITEM.exec(lines[start]!)![1];
  const isOrdered = number !== undefined;
  const items: string[][] = [];
  let indent = 0;
  let at = start;
  for (; at < lines.length; at++) {
    const line = lines[at]!;
    const mark = ITEM.exec(line);
    if (mark && (mark[1] !== undefined) === isOrdered) {
      indent = mark[0].length;
      items.push([line.slice(indent)]);
    } else if (line.trim() === "") {
      const next = lines[at + 1] ?? "";
      if (!ITEM.test(next) && indentOf(next) < indent) break;
      items.at(-1)!.push("");
    } else {
      const isLazy = !mark && !FENCE.test(line) && lines[at - 1]!.trim() !== "";
      if (indentOf(line) < indent && !isLazy) break;
      items.at(-1)!.push(line.slice(Math.min(indentOf(line), indent)));
    }
  }
  const block: Content = {
    kind: "list",
    isOrdered,
    start: Number(number ?? 1),
    items: items.map((item) => readBlocks(item, depth + 1)),
    isLoose: items.slice(0, -1).some((item) => item.at(-1) === ""),
  };
  return { block, end: at };
}

function readParagraph(lines: readonly string[], start: number): Read {
  let end = start + 1;
  while (end < lines.length && lines[end]!.trim() !== "" && !FENCE.test(lines[end]!)) {
    if (ITEM.test(lines[end]!) || HEADING.test(lines[end]!)) break;
    end++;
  }
  const text = lines.slice(start, end).map((line) => line.trim()).join("\n");
  return { block: { kind: "paragraph", text: parseInline(text) }, end };
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** A space on both sides lets code begin or end with a backtick; it is no part of it. */
function trimCode(code: string): string {
  const isPadded = code.startsWith(" ") && code.endsWith(" ") && /[^ ]/.test(code);
  return isPadded ? code.slice(1, -1) : code;
}
