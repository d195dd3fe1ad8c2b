import { assertEquals } from "@std/assert";
import { stableNames } from "../../scripts/program/stable_names.ts";

/** A bundle whose chunks have these hashes. */
function bundle(a: string, b: string): Map<string, string> {
  return new Map([
    [`chunk-${a}.js`, `import"./auto-${b}.js";`],
    [`auto-${b}.js`, `import"./chunk-${a}.js";import"./other-12345678.js"`],
    ["main.js", `import"./chunk-${a}.js";import("./auto-${b}.js")`],
  ]);
}

Deno.test("stableNames() gives chunks the same names whatever their hashes are", () => {
  for (const [a, b] of [["ABCDEFGH", "ZZZZZZZZ"], ["ZZZZZZZZ", "00000009"]] as const) {
    assertEquals(
      stableNames(bundle(a, b)),
      new Map([[`chunk-${a}`, "chunk-00000001"], [`auto-${b}`, "auto-00000002"]]),
    );
  }
});
