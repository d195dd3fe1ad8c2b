import { assertEquals, assertMatch, assertNotMatch, assertThrows } from "@std/assert";
import { outputPattern, readParts } from "./helpers/tutorial.ts";
import { applyHunks, readDiff } from "./helpers/unified_diff.ts";

Deno.test("outputPattern() accepts anything for ..., and nothing else", () => {
  const pattern = outputPattern("HTTP/1.1 500\n...\nat base.ts:9:...", { whole: true });
  assertMatch("HTTP/1.1 500\na: 1\nb: 2\nat base.ts:9:40\n", pattern);
  assertMatch("HTTP/1.1 500\nat base.ts:9:40\n", pattern);
  for (const wrong of ["HTTP/1.1 200\nat base.ts:9:40\n", "HTTP/1.1 500\nat base.ts:8:40\n"]) {
    assertNotMatch(wrong, pattern);
  }
  assertNotMatch("HTTP/1.1 500\nat base.ts:9:40\nand more\n", pattern);
  assertMatch("before\nready\nafter\n", outputPattern("ready", { whole: false }));
  assertNotMatch("not ready\n", outputPattern("ready", { whole: false }));
});

Deno.test("readParts() finds blocks, expectations, and Ctrl-C in order", () => {
  const page = "```sh app\nserve\n```\n<!-- expect\ncollector spans +1\n-->\n<kbd>Ctrl-C</kbd>\n";
  const at = (line: number) => ({ page: "p.md", line });
  assertEquals(readParts("p.md", page), [
    { ...at(1), kind: "block", language: "sh", role: "app", text: "serve" },
    { ...at(4), kind: "expect", lines: ["collector spans +1"] },
    { ...at(7), kind: "ctrl-c" },
  ]);
});

Deno.test("applyHunks() changes lines, and rejects a hunk that does not match", () => {
  const { from, to, hunks } = readDiff("--- a\n+++ b\n@@ -0,0 +1 @@\n+0\n@@ -2 +3 @@\n-2\n+two\n");
  assertEquals([from, to], ["a", "b"]);
  assertEquals(applyHunks("1\n2\n3\n", hunks), "0\n1\ntwo\n3\n");
  assertThrows(() => applyHunks("1\nother\n3\n", hunks), Error, "shows 2");
  assertThrows(() => applyHunks("1\n2\n", ["@@ -2 +3 @@\n-2\n+two\n"]), Error, "shows 1");
});
