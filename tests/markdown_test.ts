import { assertEquals } from "@std/assert";
import { Marked } from "marked";
import { parse } from "yaml";
import { type Block, type Inline, parseInline, parseMarkdown } from "../lib/markdown.ts";
import { testWith } from "./helpers/needs.ts";
import { within } from "./helpers/patience.ts";

const STEPS = new URL("../lib/workshop/steps/", import.meta.url);

/** Runs in a worker, because nothing else can stop an infinite loop. */
const PARSER = new URL("testdata/programs/parse_markdown.ts", import.meta.url);

/** Shows HTML as plain text, as the page does. */
const MARKED = new Marked().use({
  renderer: {
    html: ({ text }) => escapeText(text),
    code: ({ text }) => `<pre>${escapeText(text)}</pre>`,
    codespan: ({ text }) => `<code>${escapeText(text)}</code>`,
  },
});

/** The Markdown texts of a step. */
interface StepTexts {
  text: string;
  embedded?: string;
  hints: string[];
  question: string;
  answer: string;
  conditions: { fails?: Record<string, string> }[];
}

testWith(["read"], "parseMarkdown() reads each text of the course as marked does", async () => {
  let count = 0;
  for await (const { name } of Deno.readDir(STEPS)) {
    if (!/^\d+.*\.yaml$/.test(name)) continue;
    const step = parse(await Deno.readTextFile(new URL(name, STEPS))) as StepTexts;
    const advice = step.conditions.flatMap(({ fails = {} }) => Object.values(fails));
    const { text, hints, question, answer } = step;
    for (const markdown of [text, question, answer, ...hints, ...advice]) {
      assertEquals(toHtml(parseMarkdown(markdown)), await markedHtml(markdown), name);
      count++;
    }
  }
  assertEquals(count > 200, true, `only ${count} texts were read`);
});

Deno.test("parseInline() reads keys, and no other markup", () => {
  assertEquals(parseInline("Press <kbd>Ctrl-C</kbd>, not <b>x</b>"), [
    { kind: "text", text: "Press " },
    { kind: "key", text: "Ctrl-C" },
    { kind: "text", text: ", not <b>x</b>" },
  ]);
});

Deno.test("parseMarkdown() reads what other people's courses may contain", async () => {
  for (
    const markdown of [
      "One\nparagraph.\n\nAnother.",
      "- a\n- b\n  goes on\n- c `code`",
      "3. third\n4. fourth\n\nThen text.",
      "- outer\n  - inner\n  - more\n- last",
      "- run it:\n\n  ```sh\n  curl localhost:5000\n  ```\n- and look",
      "- lazy\ngoes on",
      "Text\n- and a list",
      "Text\n```\nand a block\n\nof two\n```\nand text",
      "```ts\nnever closed\n  deeper",
      "**bold with `code` and [a link](https://opentelemetry.io/docs)** ends",
      "a ** b ** c, 2 * 3 * 4, `**no**`, `` a`b ``",
      "See http://localhost:16686: there, (https://a.b/c), and https://a.b/c?d=e&f.",
      "[tutorial](/tutorial/2-base#step-7) and [not a link] (at all)",
      "<b>no markup</b> & so on",
      "Text\n# Heading\ngoes on\n\n### A `small` one",
    ]
  ) {
    assertEquals(toHtml(parseMarkdown(markdown)), await markedHtml(markdown), markdown);
  }
});

testWith(["read"], "parseMarkdown() also finishes with a hostile text", async () => {
  const worker = new Worker(PARSER, { type: "module" });
  try {
    for (const part of ["`", "**", "[", "- ", "  ", "**a", "[a](", "``a`", "http://"]) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      worker.onmessage = () => resolve();
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.postMessage(part.repeat(4_000));
      await within(promise, `parseMarkdown() of ${JSON.stringify(part)} 4,000 times`);
    }
  } finally {
    worker.terminate();
  }
});

/** The output of marked, in the format of {@linkcode toHtml}. */
async function markedHtml(markdown: string): Promise<string> {
  const html = await MARKED.parse(markdown);
  return html.replaceAll(/<(\/?)h[1-6]>/g, "<$1h>").replaceAll(/&#39;/g, "'").replaceAll(
    "&quot;",
    '"',
  ).replaceAll(/>\s+</g, "><")
    .replaceAll(/\s+(?=<\/?(?:li|ul|ol|p|pre)\b)/g, "")
    .replaceAll(/(<\/?(?:li|ul|ol|p|pre)>)\s+/g, "$1").replaceAll(/\s+/g, " ").trim()
    .replaceAll(/<li><p>(.*?)<\/p>/g, "<li>$1");
}

function toHtml(blocks: readonly Block[]): string {
  return blocks.map((block) => {
    if (block.kind === "paragraph") return `<p>${inlineHtml(block.text)}</p>`;
    if (block.kind === "heading") return `<h>${inlineHtml(block.text)}</h>`;
    if (block.kind === "code") return `<pre>${escapeText(block.text)}</pre>`;
    const tag = block.isOrdered ? "ol" : "ul";
    const start = block.isOrdered && block.start !== 1 ? ` start="${block.start}"` : "";
    const items = block.items.map((item) => `<li>${itemHtml(item)}</li>`);
    return `<${tag}${start}>${items.join("")}</${tag}>`;
  }).join("").replaceAll(/>\s+</g, "><").replaceAll(/\s+/g, " ");
}

/** An item's first paragraph, which Markdown only marks up if the list has blank lines. */
function itemHtml([first, ...rest]: readonly Block[]): string {
  if (!first) return "";
  const start = first.kind === "paragraph" ? inlineHtml(first.text) : toHtml([first]);
  return start + toHtml(rest);
}

function inlineHtml(pieces: readonly Inline[]): string {
  return pieces.map((piece) => {
    if (piece.kind === "text") return escapeText(piece.text);
    if (piece.kind === "code") return `<code>${escapeText(piece.text)}</code>`;
    if (piece.kind === "key") return `<kbd>${escapeText(piece.text)}</kbd>`;
    if (piece.kind === "strong") return `<strong>${inlineHtml(piece.text)}</strong>`;
    return `<a href="${escapeText(piece.href)}">${inlineHtml(piece.text)}</a>`;
  }).join("");
}

function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
