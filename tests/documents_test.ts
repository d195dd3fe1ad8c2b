import { assertEquals } from "@std/assert";
import { findFlagProblem } from "./helpers/command_lines.ts";
import { commandLines, hasPlace, linksOf, markdownFiles } from "./helpers/markdown_files.ts";
import { testWith } from "./helpers/needs.ts";

const ROOT = new URL("../", import.meta.url);

/** Documents that refer newcomers to files. */
const DOCUMENTS = ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"];

/** A path relative to the project's root, between backticks. */
const PATH =
  /`((?:apps|bench|collector-demo|docs|lib|scripts|tests)\/[\w./-]*|main\.ts|deno\.json)`/g;

for (const document of DOCUMENTS) {
  testWith(["read"], `${document} names existing files`, async () => {
    const text = await Deno.readTextFile(new URL(document, ROOT));
    // NAME stands for a file of the reader's own, whose folder must exist.
    const paths = [...text.matchAll(PATH)].map(([, path]) => path!.replace(/(NAME|KIND).*$/, ""));
    const missing: string[] = [];
    for (const path of paths) {
      const info = await Deno.stat(new URL(path, ROOT)).catch(() => undefined);
      if (!info || path.endsWith("/") !== info.isDirectory) missing.push(path);
    }
    assertEquals(missing, []);
  });
}

testWith(
  ["read"],
  "every link in the documentation leads to an existing file and heading",
  () => {
    const broken: string[] = [];
    for (const [path, text] of markdownFiles(ROOT)) {
      for (const link of linksOf(text)) {
        if (/^[a-z]+:/.test(link)) continue;
        const target = new URL(link, new URL(path, ROOT));
        const anchor = decodeURIComponent(target.hash.slice(1));
        target.hash = "";
        try {
          if (Deno.statSync(target).isDirectory || anchor === "") continue;
          if (!hasPlace(Deno.readTextFileSync(target), anchor)) broken.push(`${path}: ${link}`);
        } catch {
          broken.push(`${path}: ${link}`);
        }
      }
    }
    assertEquals(broken, []);
  },
);

testWith(["read"], "every command in the documentation can be typed", async () => {
  const wrong: string[] = [];
  for (const [path, text] of markdownFiles(ROOT)) {
    for (const line of commandLines(text)) {
      const problem = await findFlagProblem(line);
      if (problem) wrong.push(`${path}: ${line.trim()}: ${problem}`);
    }
  }
  assertEquals(wrong, []);
});
