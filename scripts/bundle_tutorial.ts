import { Marked, type Tokens } from "marked";
import { getHeadingList, gfmHeadingId } from "marked-gfm-heading-id";
import { codeBlock, escape } from "./code_block.ts";

const SOURCE = new URL("../docs/tutorial/", import.meta.url);

/** The pages in reading order. */
const PAGES = [
  "README.md",
  "1-collector.md",
  "2-base.md",
  "3-manual.md",
  "4-middleware.md",
  "4a-services-and-metrics.md",
  "5-no-code.md",
  "5a-logs-and-sampling.md",
  "6-conclusion.md",
  "7-bonus.md",
  "flask-to-hono.md",
];

/**
 * Writes the tutorial as pages into the folder, so that hints on the collector's page can link to its steps
 * without a network. Pictures become part of them, and links that leave the tutorial plain text.
 */
export async function bundleTutorial(target: URL): Promise<void> {
  await Deno.mkdir(target, { recursive: true });
  const sources = await Promise.all(
    PAGES.map((name) => Deno.readTextFile(new URL(name, SOURCE))),
  );
  const contents = sources.map((source, i) => ({ name: PAGES[i]!, title: titleOf(source) }));
  for (const [i, source] of sources.entries()) {
    const html = pageOf(await render(source), contents, i);
    await Deno.writeTextFile(new URL(`${addressOf(PAGES[i]!)}.html`, target), html);
  }
}

/** The tutorial has no pictures of other types. */
const IMAGE_TYPE = "image/svg+xml";

interface Content {
  name: string;
  title: string;
}

async function render(markdown: string): Promise<string> {
  const marked = new Marked(gfmHeadingId());
  marked.use({
    async: true,
    walkTokens: async (token) => {
      if (token.type === "link") rewriteLink(token as Tokens.Link);
      if (token.type === "image") await embedImage(token as Tokens.Image);
    },
    renderer: {
      code: ({ text, lang }) => codeBlock(text, lang ?? ""),
      link({ href, tokens }) {
        const text = this.parser.parseInline(tokens);
        return href === "" ? text : `<a href="${escape(href)}">${text}</a>`;
      },
    },
  });
  return await marked.parse(markdown);
}

/** `3-manual.md#step-8` becomes `/tutorial/3-manual#step-8`; other files of the project have no URL. */
function rewriteLink(link: Tokens.Link): void {
  if (/^(https?:|#)/.test(link.href)) return;
  const [, name, anchor = ""] = /^([^/#]+\.md)(#.*)?$/.exec(link.href) ?? [];
  link.href = name !== undefined && PAGES.includes(name)
    ? `/tutorial/${addressOf(name)}${anchor}`
    : "";
}

/** The page's address has no folder of pictures; they are small. */
async function embedImage(image: Tokens.Image): Promise<void> {
  const bytes = await Deno.readFile(new URL(image.href, SOURCE));
  image.href = `data:${IMAGE_TYPE};base64,${bytes.toBase64()}`;
}

function pageOf(content: string, contents: readonly Content[], current: number): string {
  const { title } = contents[current]!;
  const links = contents.map(({ name, title }, i) =>
    `<li><a href="/tutorial/${addressOf(name)}"${i === current ? ' aria-current="page"' : ""}>` +
    `${escape(title)}</a></li>`
  );
  const steps = getHeadingList().filter(({ level, id }) => level === 2 && id.startsWith("step-"));
  const neighbors = [
    neighborLink("prev", contents[current - 1]),
    neighborLink("next", contents[current + 1]),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escape(title)} – otel-kit</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/app.css">
<script type="module" src="/tutorial.js"></script>
</head>
<body class="tutorial">
<header class="header"><a class="brand" href="/">otel-kit</a><a href="/">Back to the live page</a></header>
<nav aria-label="Tutorial">
<ol>
${links.join("\n")}
</ol>
${stepLinks(steps)}</nav>
<main class="prose">
${content}
<nav class="neighbors" aria-label="Previous and next page">
${neighbors.join("\n")}
</nav>
</main>
</body>
</html>
`;
}

/** A link to the page before or after; nothing beyond the first and the last one. */
function neighborLink(rel: "prev" | "next", page: Content | undefined): string {
  if (!page) return "";
  const title = escape(page.title);
  const text = rel === "prev" ? `← ${title}` : `${title} →`;
  return `<a rel="${rel}" href="/tutorial/${addressOf(page.name)}">${text}</a>`;
}

function stepLinks(steps: readonly { id: string; text: string }[]): string {
  if (steps.length === 0) return "";
  const items = steps.map(({ id, text }) => `<li><a href="#${id}">${text}</a></li>`);
  return `<h2>On this page</h2>\n<ul>\n${items.join("\n")}\n</ul>\n`;
}

function addressOf(name: string): string {
  return name === "README.md" ? "index" : name.replace(/\.md$/, "");
}

function titleOf(markdown: string): string {
  return /^# (.+)$/m.exec(markdown)?.[1] ?? "";
}
