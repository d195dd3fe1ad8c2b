import { assertEquals } from "@std/assert";
import { testWith } from "./helpers/needs.ts";

const ROOT = new URL("../", import.meta.url);

/** Documents that lead a newcomer to files. */
const DOCUMENTS = ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"];

/** A path from the project's root between backticks. */
const PATH =
  /`((?:apps|bench|collector-demo|docs|lib|scripts|tests)\/[\w./-]*|main\.ts|deno\.json)`/g;

for (const document of DOCUMENTS) {
  testWith(["read"], `${document} names files that are there`, async () => {
    const text = await Deno.readTextFile(new URL(document, ROOT));
    // NAME stands for a file of the reader's own: its folder must be there.
    const paths = [...text.matchAll(PATH)].map(([, path]) => path!.replace(/(NAME|KIND).*$/, ""));
    const missing: string[] = [];
    for (const path of paths) {
      const info = await Deno.stat(new URL(path, ROOT)).catch(() => undefined);
      if (!info || path.endsWith("/") !== info.isDirectory) missing.push(path);
    }
    assertEquals(missing, []);
  });
}
