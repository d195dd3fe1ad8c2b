import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { createPageAssets } from "../../../lib/cli/collector/page_assets.ts";
import { bundleTutorial } from "../../../scripts/bundle_tutorial.ts";
import { buildPage } from "../../helpers/builds.ts";
import { withFolder } from "../../helpers/folder.ts";
import { testWith } from "../../helpers/needs.ts";

const NEEDS = ["env", "read", "write", "run"] as const;

testWith(NEEDS, "createPageAssets() finds the page's files with their types", async () => {
  await buildPage();
  const assets = createPageAssets();
  assertMatch((await assets("/index.html"))!.type, /^text\/html/);
  assertMatch((await assets("/app.js"))!.type, /^text\/javascript/);
  assertMatch((await assets("/app.css"))!.type, /^text\/css/);
});

testWith(NEEDS, "createPageAssets() finds each page of the tutorial by its name", async () => {
  await buildPage();
  const assets = createPageAssets();
  for await (const { name } of Deno.readDir(new URL("../../../docs/tutorial/", import.meta.url))) {
    const page = name === "README.md" ? "index" : name.replace(/\.md$/, "");
    const asset = await assets(`/tutorial/${page}`);
    assertMatch(asset?.type ?? "", /^text\/html/, name);
  }
  const [index, ...same] = await Promise.all(
    ["/tutorial/index", "/tutorial", "/tutorial/"].map(async (path) => textOf(await assets(path))),
  );
  for (const text of same) assertEquals(text, index);
});

testWith(NEEDS, "createPageAssets() finds nothing outside the page's files", async () => {
  await buildPage();
  const assets = createPageAssets();
  for (
    const path of [
      "/",
      "/traces",
      "/tutorial/9-nowhere",
      "/tutorial/../main",
      "/tutorial/x/index",
      "/../deno.json",
      "/deno.json",
      "/toString",
      "/a.constructor",
    ]
  ) {
    assertEquals(await assets(path), undefined, path);
  }
});

testWith(NEEDS, "every link of the tutorial's pages leads to a page or heading", async () => {
  await withFolder(async (folder) => {
    await bundleTutorial(new URL(`file://${folder}/`));
    const pages = new Map<string, string>();
    for await (const { name } of Deno.readDir(folder)) {
      const text = await Deno.readTextFile(`${folder}/${name}`);
      pages.set(`/tutorial/${name.replace(/\.html$/, "")}`, text);
    }
    let links = 0;
    for (const [page, text] of pages) {
      for (const [, href = ""] of text.matchAll(/<a href="([^"]*)"/g)) {
        if (href === "/" || /^https?:/.test(href)) continue;
        const [path, anchor] = href.split("#");
        const target = pages.get(path || page);
        assert(target !== undefined, `${page} links to ${href}`);
        if (anchor) assertStringIncludes(target, `id="${anchor}"`);
        links++;
      }
    }
    assert(links > 50, `${links} links`);
  });
});

function textOf(asset: { body: string | Uint8Array<ArrayBuffer> } | undefined): string {
  const body = asset?.body ?? "";
  return typeof body === "string" ? body : new TextDecoder().decode(body);
}
