import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { courseFile, stepFile } from "../../helpers/course.ts";
import { withFolder } from "../../helpers/folder.ts";
import { testWith } from "../../helpers/needs.ts";
import { closedUrl } from "../../helpers/ports.ts";
import { runHere } from "../../helpers/run_here.ts";

const TRACE_ID = "4e44aa00bb11cc22dd33ee44ff553df3";
const NEEDS = ["net", "env", "read", "write"] as const;

/** Provides a learner with a course of two steps, the first of which is done. */
async function withLearner(
  use: (
    summary: (...args: string[]) => ReturnType<typeof runHere>,
    folder: string,
  ) => Promise<void>,
): Promise<void> {
  await withFolder(async (folder) => {
    for (const { name, text } of [courseFile(), stepFile("01-a.yaml"), stepFile("02-b.yaml")]) {
      await Deno.writeTextFile(`${folder}/${name}`, text);
    }
    const done = {
      at: 120_000,
      how: "done",
      evidence: { answers: { text: "it answered", traceId: TRACE_ID } },
    };
    const steps = { a: { startedAt: 0, hintsShown: 1, done } };
    const progress = { format: 1, courses: { test: { current: "b", steps, answers: {} } } };
    await Deno.writeTextFile(`${folder}/progress.json`, JSON.stringify(progress));
    const flags = [`--course=${folder}`, `--progress=${folder}/progress.json`];
    await use((...args) => runHere("guide", "summary", ...args, ...flags), folder);
  });
}

testWith(NEEDS, "guide summary reports what was done, in Markdown or as JSON", async () => {
  await withLearner(async (summary) => {
    const { code, data } = await summary();
    assertEquals(code, 0);
    assertMatch(data, /^# A test\n/);
    assertMatch(data, /^\| 1 {3}\| See it \| done {6}\| 2 of 3 {2}\| 1 {5}\|$/m);
    assertStringIncludes(data, "it answered");
    const offline = await summary(`--jaeger-url=${closedUrl()}`);
    assertStringIncludes(offline.data, TRACE_ID);
    assertStringIncludes(offline.status, "The summary has no traces: Jaeger doesn't respond");
    const { steps } = JSON.parse((await summary("--json")).data);
    assertEquals(steps.map(({ state }: { state: string }) => state), ["done", "not begun"]);
  });
});

testWith(
  NEEDS,
  "guide summary --out writes Markdown or a page, and overwrites nothing",
  async () => {
    await withLearner(async (summary, folder) => {
      const markdown = await summary("--out", `${folder}/summary.md`);
      assertEquals([markdown.code, markdown.data], [0, `${folder}/summary.md`]);
      assertMatch(await Deno.readTextFile(`${folder}/summary.md`), /^# A test\n/);
      const file = `${folder}/summary.html`;
      assertEquals((await summary("--out", file)).code, 0);
      assertMatch(await Deno.readTextFile(file), /^<!DOCTYPE html>/);

      await Deno.writeTextFile(file, "mine");
      const again = await summary("--out", file);
      assertEquals(again.code, 1);
      assertStringIncludes(again.status, "it exists. Overwrite it with --force");
      assertEquals(await Deno.readTextFile(file), "mine");
      assertEquals((await summary("--out", file, "--force")).code, 0);
      assertMatch(await Deno.readTextFile(file), /^<!DOCTYPE html>/);
      assertEquals((await summary("--out", `${folder}/no/where.md`)).code, 1);
    });
  },
);

testWith(NEEDS, "guide summary reports what it cannot use, and exits with 2", async () => {
  await withLearner(async (summary, folder) => {
    for (
      const [args, message] of [
        [["--out", `${folder}/x.pdf`], "expected a name that ends with .md or .html"],
        [["--out", `${folder}/x.md`, "--json"], "Cannot use --json with --out"],
        [["--force"], "Cannot use --force alone"],
        [["1"], 'Cannot use "1": summary takes no step'],
      ] as const
    ) {
      const { code, status } = await summary(...args);
      assertEquals(code, 2, status);
      assertStringIncludes(status, message);
    }
    const { code, status } = await runHere("guide", "list", "--out", "x.md");
    assertEquals(code, 2);
    assertStringIncludes(status, "Cannot use --out with list: use it with summary");
  });
});
