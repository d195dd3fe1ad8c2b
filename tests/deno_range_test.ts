import { assertEquals, assertStringIncludes } from "@std/assert";
import { testWith } from "./helpers/needs.ts";

const ROOT = new URL("../", import.meta.url);

testWith(["read"], "every text names the same oldest Deno as deno.json", async () => {
  const { engines } = JSON.parse(await Deno.readTextFile(new URL("deno.json", ROOT)));
  const [, oldest] = /^>=(\d+\.\d+\.\d+)$/.exec(engines.deno)!;
  for (
    const path of [
      "README.md",
      "CONTRIBUTING.md",
      "docs/tutorial/README.md",
      "lib/workshop/steps/00-prerequisites.yaml",
    ]
  ) {
    const text = await Deno.readTextFile(new URL(path, ROOT));
    const named = [...text.matchAll(/(\d+\.\d+\.\d+) or\s+newer/g)].map(([, version]) => version);
    assertEquals(named, [oldest], path);
  }
  const workflow = await Deno.readTextFile(new URL(".github/workflows/ci.yml", ROOT));
  assertStringIncludes(workflow, `deno: [${oldest}, v2.x, canary]`);
});
