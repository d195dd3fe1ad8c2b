import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { StartError, UsageError } from "../../../lib/cli/errors.ts";
import { parseFlags } from "../../../lib/cli/flags/flags.ts";
import { GUIDE_FLAGS } from "../../../lib/cli/guide/guide_flags.ts";
import { LiveGuide } from "../../../lib/cli/guide/live/live_guide.ts";
import { EMBEDDED_COURSE } from "../../../lib/cli/guide/learner_files.ts";
import { openSession } from "../../../lib/cli/guide/session.ts";
import { hasDiff, stepDiffs } from "../../../lib/cli/guide/step_diff.ts";
import { readCourse } from "../../../lib/workshop/course/read_course.ts";
import type { Step } from "../../../lib/workshop/course/step.ts";
import { withFolder } from "../../helpers/folder.ts";
import { areGranted, testWith } from "../../helpers/needs.ts";
import { runHere } from "../../helpers/run_here.ts";

const NEEDS = ["read", "write", "env", "net"] as const;
const SOLUTION = new URL("../../../lib/workshop/steps/solution/", import.meta.url);
const steps: readonly Step[] = areGranted(["read"])
  ? (await readCourse(EMBEDDED_COURSE)).steps
  : [];

function stepOf(id: string): Step {
  return steps.find((step) => step.id === id)!;
}

testWith(NEEDS, "stepDiffs() leads from the learner's program to the step's solution", async () => {
  await withFolder(async (folder) => {
    assertEquals((await runHere("workshop", "init", folder)).code, 0);
    const places = { courseFolder: EMBEDDED_COURSE, folder, command: "../otel-kit" };
    const changesOf = async (id: string) =>
      (await stepDiffs(stepOf(id), places)).map((
        { fromFile, lines },
      ) => [fromFile, lines.length > 0]);
    assertEquals(await changesOf("first-span"), [["your manual.ts", true]]);
    await Deno.copyFile(new URL("manual-8a.ts", SOLUTION), `${folder}/manual.ts`);
    assertEquals(await changesOf("first-span"), [["your manual.ts", false]]);
    assertEquals(await changesOf("record-the-error"), [["your manual.ts", true]]);
    // A step that writes nothing is about the file that it runs.
    assertEquals(await changesOf("see-manual"), [["your manual.ts", true]]);
    assertEquals(await changesOf("base-app"), [["your base.ts", false]]);
    assertEquals(hasDiff(stepOf("read-config"), folder), false);
    await assertRejects(() => stepDiffs(stepOf("read-config"), places), UsageError, "no code");
    await Deno.remove(`${folder}/manual.ts`);
    await assertRejects(
      () => stepDiffs(stepOf("first-span"), places),
      StartError,
      "Restore it: ../otel-kit guide reset",
    );
  });
});

testWith(NEEDS, "stepDiffs() compares two modes for those without a folder", async () => {
  const places = { courseFolder: EMBEDDED_COURSE, folder: undefined, command: "otel-kit" };
  const [diff] = await stepDiffs(stepOf("first-span"), places);
  assertEquals([diff?.fromFile, diff?.toFile], ["base", "manual"]);
});

testWith(NEEDS, "the live guide gives its views the changes when asked", async () => {
  await withFolder(async (folder) => {
    const dir = `${folder}/mine`;
    await runHere("workshop", "init", dir);
    const args = [`--dir=${dir}`, `--progress=${folder}/progress.json`];
    const session = await openSession(parseFlags(args, GUIDE_FLAGS).flags, () => {});
    await session.update((progress) => progress.current = "first-span");
    await using guide = new LiveGuide(session, new AbortController().signal);
    assertEquals(guide.view().changes, undefined);
    await guide.act({ do: "diff" });
    const [changes] = guide.view().changes ?? [];
    assertEquals(changes?.fromFile, "your manual.ts");
    assert(changes?.lines.some(({ kind }) => kind === "added"));
  });
});

testWith(NEEDS, "guide diff prints what the learner's program lacks", async () => {
  await withFolder(async (folder) => {
    const dir = `${folder}/mine`;
    await runHere("workshop", "init", dir);
    const flags = [`--dir=${dir}`, `--progress=${folder}/progress.json`];
    const { code, data, status } = await runHere("guide", "diff", "middleware-code", ...flags);
    assertEquals(code, 0, status);
    assertStringIncludes(data, "From your middleware.ts to the solution: +");
    assertStringIncludes(data, "+app.use(httpInstrumentation({");
    const json = JSON.parse((await runHere("guide", "diff", "8a", "--json", ...flags)).data);
    assertEquals(json.step, "first-span");
    assertEquals(json.files[0].fromFile, "your manual.ts");
    const none = await runHere("guide", "diff", "2", ...flags);
    assertEquals(none.code, 2);
    assertStringIncludes(none.status, "Step 2 has no diff");
  });
});
