import { assertEquals } from "@std/assert";
import { coverageByFolder } from "../scripts/coverage.ts";

function record(path: string, [found, hit]: [number, number], branches: string): string {
  return `SF:/kit/${path}\nDA:1,1\nLF:${found}\nLH:${hit}\n${branches}end_of_record\n`;
}

Deno.test("coverageByFolder() adds up the files of a folder and of what is deep below it", () => {
  const report = record("lib/a/b/one.ts", [10, 5], "BRF:4\nBRH:1\n") +
    record("lib/a/b/deep/two.ts", [30, 30], "BRF:0\nBRH:0\n") + record("main.ts", [2, 0], "");
  assertEquals(coverageByFolder(report, "/kit/"), [
    { folder: ".", files: 1, lines: 0, branches: undefined },
    { folder: "lib/a/b", files: 2, lines: 87.5, branches: 25 },
  ]);
});
