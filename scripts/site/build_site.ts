import { filesOf } from "../program/files.ts";
import { pagePath, PAGES } from "./pages.ts";
import { type Page, renderPage, STYLE, titleOf } from "./render_page.ts";

const ROOT = new URL("../../", import.meta.url);
const IMAGES = new URL("docs/images/", ROOT);

/** Writes the documentation as a site into a folder, which is emptied first. */
export async function buildSite(folder: URL): Promise<void> {
  await Deno.remove(folder, { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
  const pages: Page[] = await Promise.all(
    PAGES.map(async (path) => ({
      path,
      markdown: await Deno.readTextFile(new URL(path, ROOT)),
    })),
  );
  const titles = new Map(pages.map((page) => [page.path, titleOf(page)]));
  // One after the other: the headings of a page are numbered while it is rendered.
  for (const page of pages) {
    await write(new URL(pagePath(page.path), folder), await renderPage(page, titles));
  }
  await copy(new URL(STYLE, import.meta.url), new URL(STYLE, folder));
  for (const name of await filesOf(IMAGES)) {
    await copy(new URL(name, IMAGES), new URL(`docs/images/${name}`, folder));
  }
}

/** The links of a site that lead nowhere in it, each with its page. Addresses of other sites are not checked. */
export async function brokenLinks(folder: URL): Promise<string[]> {
  const files = await filesOf(folder);
  const pages = new Map<string, string>();
  for (const path of files.filter((path) => path.endsWith(".html"))) {
    pages.set(path, await Deno.readTextFile(new URL(path, folder)));
  }
  const broken: string[] = [];
  for (const [path, html] of pages) {
    for (const [, link = ""] of html.matchAll(/(?:href|src)="([^"]*)"/g)) {
      if (/^[a-z]+:/.test(link)) continue;
      const { pathname, hash } = new URL(link.replaceAll("&amp;", "&"), `file:///${path}`);
      const target = decodeURIComponent(pathname.slice(1));
      const id = decodeURIComponent(hash.slice(1));
      const isThere = files.includes(target) &&
        (id === "" || pages.get(target)?.includes(`id="${id}"`));
      if (!isThere) broken.push(`${path}: ${link}`);
    }
  }
  return broken;
}

async function write(file: URL, text: string): Promise<void> {
  await Deno.mkdir(new URL(".", file), { recursive: true });
  await Deno.writeTextFile(file, text);
}

async function copy(from: URL, to: URL): Promise<void> {
  await Deno.mkdir(new URL(".", to), { recursive: true });
  await Deno.copyFile(from, to);
}
