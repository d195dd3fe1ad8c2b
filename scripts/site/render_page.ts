import { Marked, type Token, type Tokens } from "marked";
import { gfmHeadingId } from "marked-gfm-heading-id";
import { REPOSITORY } from "../../lib/repository.ts";
import { codeBlock, escape } from "../code_block.ts";
import { GROUPS, pagePath, PAGES, relativePath } from "./pages.ts";

/** The stylesheet of all pages. */
export const STYLE = "site.css";

/** A page of the documentation in Markdown. */
export interface Page {
  /** Its path in the project. */
  path: string;
  markdown: string;
}

/** The title of a page: its first heading. */
export function titleOf({ path, markdown }: Page): string {
  const [, title] = /^# (.+)$/m.exec(markdown) ?? [];
  if (title === undefined) throw new Error(`Cannot find the title of ${path}`);
  return title;
}

/**
 * A page as HTML that can be read without a network. Links lead to other pages of the site; those to other
 * files of the project lead to the repository.
 */
export async function renderPage(page: Page, titles: ReadonlyMap<string, string>): Promise<string> {
  const marked = new Marked(gfmHeadingId());
  marked.use({
    walkTokens: (token) => rewriteLinks(token, page.path),
    renderer: { code: ({ text, lang }) => codeBlock(text, lang ?? "") },
  });
  const content = await marked.parse(page.markdown);
  const own = pagePath(page.path);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escape(titleOf(page))}${page.path === "README.md" ? "" : " – otel-kit"}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${relativePath(own, STYLE)}">
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<nav aria-label="Documentation">
${navigation(page.path, titles)}
</nav>
<main id="content">
${scrollableTables(content)}
</main>
</body>
</html>
`;
}

function navigation(current: string, titles: ReadonlyMap<string, string>): string {
  return GROUPS.map(({ title, pages }) => {
    const links = pages.map((path) => {
      const href = relativePath(pagePath(current), pagePath(path));
      const mark = path === current ? ' aria-current="page"' : "";
      return `<li><a href="${href}"${mark}>${escape(titles.get(path) ?? path)}</a></li>`;
    });
    return `<details${pages.includes(current) ? " open" : ""}><summary>${escape(title)}</summary>` +
      `<ul>\n${links.join("\n")}\n</ul></details>`;
  }).join("\n");
}

/** Wide tables scroll by themselves, with the keyboard too. */
function scrollableTables(html: string): string {
  return html.replaceAll("<table>", '<div class="table" tabindex="0"><table>')
    .replaceAll("</table>", "</table></div>");
}

function rewriteLinks(token: Token, from: string): void {
  if (token.type !== "link" && token.type !== "image") return;
  const link = token as Tokens.Link | Tokens.Image;
  link.href = siteAddress(link.href, from);
}

/** Where a link on a page leads in the site. */
export function siteAddress(href: string, from: string): string {
  if (/^([a-z]+:|#)/.test(href)) return href;
  const [path = "", anchor] = href.split("#");
  const target = new URL(path, `file:///${from}`).pathname.slice(1);
  const page = [target, `${target.replace(/\/?$/, "/")}README.md`]
    .find((path) => PAGES.includes(path));
  const hash = anchor === undefined ? "" : `#${anchor}`;
  if (page !== undefined) return relativePath(pagePath(from), pagePath(page)) + hash;
  if (/\.(png|svg)$/.test(target)) return relativePath(pagePath(from), target);
  return `${REPOSITORY}/blob/main/${target}${hash}`;
}
