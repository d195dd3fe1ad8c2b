import type { ComponentChild, ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import { type Block, type Inline, parseInline, parseMarkdown } from "../../markdown.ts";
import { CopyButton } from "./copy_button.tsx";

/** Renders Markdown; its content is shown, never run. */
export function Markdown({ text }: { text: string }) {
  const blocks = useMemo(() => parseMarkdown(text), [text]);
  return <div class="markdown">{blocks.map(renderBlock)}</div>;
}

/** Renders a line of Markdown within other text. */
export function MarkdownLine({ text }: { text: string }) {
  const pieces = useMemo(() => parseInline(text.trim()), [text]);
  return <>{pieces.map(renderInline)}</>;
}

function renderBlock(block: Block, index: number): ComponentChild {
  switch (block.kind) {
    case "paragraph":
      return <p key={index}>{block.text.map(renderInline)}</p>;
    case "heading":
      return (
        <p key={index}>
          <b>{block.text.map(renderInline)}</b>
        </p>
      );
    case "code":
      return (
        <div key={index} class="snippet">
          {/* Keyboard users scroll it with the arrow keys. */}
          <pre tabIndex={0}><code>{block.text}</code></pre>
          <CopyButton text={block.text} />
        </div>
      );
    case "list": {
      const items = block.items.map((item, i) => <li key={i}>{renderItem(item)}</li>);
      return block.isOrdered
        ? <ol key={index} start={block.start}>{items}</ol>
        : <ul key={index}>{items}</ul>;
    }
  }
}

/** An item with a single paragraph has no extra margin. */
function renderItem(blocks: readonly Block[]) {
  const [only] = blocks;
  return blocks.length === 1 && only?.kind === "paragraph"
    ? only.text.map(renderInline)
    : blocks.map(renderBlock);
}

function renderInline(piece: Inline, index: number): ComponentChild {
  switch (piece.kind) {
    case "text":
      return piece.text;
    case "code":
      return <code key={index}>{piece.text}</code>;
    case "key":
      return <kbd key={index}>{piece.text}</kbd>;
    case "strong":
      return <strong key={index}>{piece.text.map(renderInline)}</strong>;
    case "link":
      return renderLink(piece.href, piece.text.map(renderInline), index);
  }
}

/** Links within the page stay in its window; of the others, only web links are active. */
function renderLink(href: string, text: ComponentChildren, key: number) {
  const own = ownPath(href);
  if (own !== undefined) return <a key={key} href={own}>{text}</a>;
  if (!/^https?:/i.test(href)) return <span key={key}>{text}</span>;
  return <a key={key} href={href} target="_blank" rel="noreferrer">{text}</a>;
}

/** The path of a URL that leads to this page, under any name of this machine. */
function ownPath(href: string): string | undefined {
  if (!URL.canParse(href, location.href)) return undefined;
  const { protocol, hostname, port, pathname, search } = new URL(href, location.href);
  const isHere = hostname === location.hostname || [hostname, location.hostname].every(isLoopback);
  return protocol === location.protocol && port === location.port && isHere
    ? pathname + search
    : undefined;
}

function isLoopback(hostname: string): boolean {
  return ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
}
