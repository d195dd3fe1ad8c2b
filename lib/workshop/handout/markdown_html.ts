// Under its own name, the formatter would break lines in it, and put spaces before commas.
import { html as markup } from "hono/html";
import { type Block, type Inline, parseMarkdown } from "../../markdown.ts";

/** A piece of HTML, or several. */
type Html = ReturnType<typeof markup>;

/** A course's text as HTML. Everything that isn't Markdown is escaped. */
export function markdownHtml(text: string): Html[] {
  return parseMarkdown(text.trim()).map(blockHtml);
}

/** The first paragraph of a text, for a slide. */
export function firstParagraph(text: string): Html[] {
  const first = parseMarkdown(text.trim()).find(({ kind }) => kind === "paragraph");
  return first ? [blockHtml(first)] : [];
}

function blockHtml(block: Block): Html {
  switch (block.kind) {
    case "paragraph":
      return markup`<p>${inlineHtml(block.text)}</p>`;
    case "heading":
      return markup`<h3>${inlineHtml(block.text)}</h3>`;
    case "code":
      return markup`<pre><code>${block.text}</code></pre>`;
    case "list": {
      const items = block.items.map((item) => markup`<li>${item.map(blockHtml)}</li>`);
      return block.isOrdered
        ? markup`<ol start="${String(block.start)}">${items}</ol>`
        : markup`<ul>${items}</ul>`;
    }
  }
}

function inlineHtml(pieces: readonly Inline[]): Html[] {
  return pieces.map((piece) => {
    switch (piece.kind) {
      case "text":
        return markup`${piece.text}`;
      case "code":
        return markup`<code>${piece.text}</code>`;
      case "key":
        return markup`<kbd>${piece.text}</kbd>`;
      case "strong":
        return markup`<strong>${inlineHtml(piece.text)}</strong>`;
      case "link":
        // Links of other kinds lead nowhere on paper, or where nobody wants to go.
        return /^https?:\/\//.test(piece.href)
          ? markup`<a href="${piece.href}">${inlineHtml(piece.text)}</a>`
          : markup`${inlineHtml(piece.text)}`;
    }
  });
}
