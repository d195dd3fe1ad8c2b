import { assert, assertEquals } from "@std/assert";
import { pathToFileURL } from "node:url";
import { brokenLinks, buildSite } from "../scripts/site/build_site.ts";
import { filesOf } from "../scripts/program/files.ts";
import { pagePath, PAGES, relativePath } from "../scripts/site/pages.ts";
import { siteAddress } from "../scripts/site/render_page.ts";
import { withFolder } from "./helpers/folder.ts";
import { testWith } from "./helpers/needs.ts";

const DOCS = new URL("../docs/", import.meta.url);

testWith(["read"], "every document is a page of the site", async () => {
  const documents = (await filesOf(DOCS)).filter((path) => path.endsWith(".md"));
  assertEquals(documents.filter((path) => !PAGES.includes(`docs/${path}`)), []);
});

testWith(["read", "write"], "the site has no broken links, and needs no network", async () => {
  await withFolder(async (path) => {
    const folder = pathToFileURL(`${path}/site/`);
    await buildSite(folder);
    assertEquals(await brokenLinks(folder), []);
    for (const page of PAGES) {
      const html = await Deno.readTextFile(new URL(pagePath(page), folder));
      // Badges are pictures of another site, whose alternative text says the same.
      const loaded = [
        ...html.matchAll(/<(?:img|script|link|iframe)\b[^>]*(?:src|href)="(\w+:[^"]*)"/g),
      ]
        .map(([, address = ""]) => address)
        .filter((address) => address !== "data:," && !address.endsWith("/badge.svg?branch=main"));
      assertEquals(loaded, [], page);
      assert(html.includes('aria-current="page"'), page);
    }
  });
});

testWith(["read", "write"], "brokenLinks() finds missing files and missing headings", async () => {
  await withFolder(async (path) => {
    await Deno.writeTextFile(
      `${path}/a.html`,
      `<h1 id="x"><a href="#x"></a><a href="#y"></a><a href="b.html"></a><img src="https://c.example">`,
    );
    assertEquals(await brokenLinks(pathToFileURL(`${path}/`)), ["a.html: #y", "a.html: b.html"]);
  });
});

Deno.test("siteAddress() leads to pages of the site, and to the repository otherwise", () => {
  const from = "docs/explanation/cost.md";
  for (
    const [link, expected] of [
      ["../ci.md#junit", "../ci.html#junit"],
      ["../../README.md", "../../index.html"],
      ["../tutorial/", "../tutorial/index.html"],
      ["#here", "#here"],
      ["https://deno.com", "https://deno.com"],
      ["../../apps/base.ts", "https://github.com/otel-kit/otel-kit/blob/main/apps/base.ts"],
    ] as const
  ) {
    assertEquals(siteAddress(link, from), expected);
  }
});

Deno.test("relativePath() leads from one page to another", () => {
  assertEquals(relativePath("index.html", "docs/ci.html"), "docs/ci.html");
  assertEquals(relativePath("docs/a/b.html", "docs/c.html"), "../c.html");
  assertEquals(relativePath("docs/a/b.html", "docs/a/c.html"), "c.html");
});
