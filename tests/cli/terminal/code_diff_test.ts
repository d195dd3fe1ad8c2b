import { assert, assertEquals } from "@std/assert";
import { readModeCode } from "../../../lib/cli/demo/mode_code.ts";
import { MODE_FILES, readModeSource } from "../../../lib/cli/app/mode_source.ts";
import {
  countLines,
  diffFiles,
  diffModes,
  unifiedLines,
} from "../../../lib/cli/terminal/code_diff.ts";
import { testWith } from "../../helpers/needs.ts";
import { applyHunks, readDiff } from "../../helpers/unified_diff.ts";

testWith(["read"], "diffModes() turns one mode's code into another's", async () => {
  for (const [from, to] of [["base", "manual"], ["manual", "middleware"]] as const) {
    const diff = await diffModes(from, to);
    const shown = readDiff(`${unifiedLines(diff).join("\n")}\n`);
    assertEquals([shown.from, shown.to], [MODE_FILES[from], MODE_FILES[to]]);
    assertEquals(
      applyHunks((await readModeSource(from)).text, shown.hunks),
      (await readModeSource(to)).text,
    );
  }
});

testWith(["read"], "diffModes() adds as many lines as the side-by-side view counts", async () => {
  for (const mode of ["manual", "middleware"] as const) {
    const { addedLines } = await readModeCode(mode);
    assertEquals(countLines(await diffModes("base", mode), "added"), addedLines);
  }
});

testWith(["read"], "diffModes() shows the requested number of lines around a change", async () => {
  const bare = await diffModes("base", "manual", 0);
  assert(bare.lines.filter(({ kind }) => kind === "gap").length > 1);
  assertEquals(bare.lines.filter(({ kind }) => kind === "same"), []);
  const whole = await diffModes("base", "manual", Infinity);
  assertEquals(whole.lines.filter(({ kind }) => kind === "gap").length, 1);
});

testWith(["read"], "diffModes() finds no difference between base and auto", async () => {
  const diff = await diffModes("base", "auto");
  assertEquals(diff.lines, []);
  assertEquals(unifiedLines(diff), []);
});

Deno.test("diffFiles() accepts either line end, and marks a missing one at the end of the file", () => {
  const from = { file: "a", text: "one\r\ntwo\r\n" };
  assertEquals(diffFiles(from, { file: "b", text: "one\ntwo\n" }).lines, []);
  assertEquals(diffFiles(from, { file: "b", text: "one\nthree" }).lines, [
    { kind: "gap", text: "@@ -1,2 +1,2 @@" },
    { kind: "same", text: "one" },
    { kind: "removed", text: "two" },
    { kind: "added", text: "three" },
    { kind: "gap", text: "\\ No newline at end of file" },
  ]);
});
