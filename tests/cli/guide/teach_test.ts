import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { timingLines } from "../../../lib/cli/guide/teach.ts";
import { parseCourse } from "../../../lib/workshop/course/read_course.ts";
import type { CourseProgress } from "../../../lib/workshop/progress/progress.ts";
import { courseTiming } from "../../../lib/workshop/timing/timing.ts";
import { courseFile, stepFile } from "../../helpers/course.ts";
import { withFolder } from "../../helpers/folder.ts";
import { testWith } from "../../helpers/needs.ts";
import { runHere } from "../../helpers/run_here.ts";

const MINUTE_MS = 60_000;
const FILES = [
  courseFile(),
  stepFile("01-a.yaml", { minutes: 10, title: "A title that is longer than a row. ".repeat(3) }),
  stepFile("02-b.yaml", { minutes: 10, answer: "Because\nit is." }),
  stepFile("03-c.yaml", { bonus: true }),
];
const DONE_AFTER_15: CourseProgress["steps"][string] = {
  startedAt: 0,
  readings: {},
  hintsShown: 0,
  isSolved: false,
  done: { at: 15 * MINUTE_MS, how: "done", evidence: {} },
};

function linesAt(minutes: number, steps: CourseProgress["steps"]): string[] {
  const progress = { ...Object.keys(steps).length > 0 && { current: "b" }, steps, answers: {} };
  return timingLines(courseTiming(parseCourse(FILES), progress, minutes * MINUTE_MS));
}

testWith(
  ["env"],
  "timingLines() shows each step's time, and how far ahead or behind it is",
  () => {
    const { done: _, ...begun } = { ...DONE_AFTER_15, startedAt: 15 * MINUTE_MS };
    const lines = linesAt(18, { a: DONE_AFTER_15, b: begun });
    assertMatch(lines[1]!, /^ {4}1 {2}A title .*… ?.* {6}10 {6}15$/);
    assertMatch(lines[2]!, /^> {3}2 {2}See it {47}10 {7}3$/);
    assertMatch(
      lines[4]!,
      /^Started at \d\d:\d\d\. Planned up to here: 13 min, used: 18 min, 5 min behind\.$/,
    );
    assertEquals(lines[5], "7 min planned for the rest.");
    assertEquals(lines.length, 6);
    for (const line of lines) assert(line.length <= 80, line);
  },
);

testWith(["env"], "timingLines() reports being ahead, being on time, and not having begun", () => {
  const { done: _, ...begun } = { ...DONE_AFTER_15, startedAt: 0 };
  assertStringIncludes(linesAt(2, { b: begun })[4]!, ", on time.");
  const quick = { ...DONE_AFTER_15, done: { ...DONE_AFTER_15.done!, at: 4 * MINUTE_MS } };
  assertStringIncludes(linesAt(4, { a: quick })[4]!, ", 6 min ahead.");
  assertEquals(linesAt(4, {})[4], "Not started; 20 min planned.");
});

testWith(["env", "read", "write"], "guide --teach shows notes, question and answer", async () => {
  await withFolder(async (folder) => {
    for (const { name, text } of FILES) await Deno.writeTextFile(`${folder}/${name}`, text);
    const progress = `${folder}/progress.json`;
    const guide = (...args: string[]) =>
      runHere("guide", ...args, "--teach", `--course=${folder}`, `--progress=${progress}`);
    const first = await guide();
    assertEquals(first.code, 0);
    assertMatch(first.data, /^Step 1\/2 /m);
    const { data } = await guide("show", "b");
    assertMatch(data, /\n\nSay it twice\.\n\nQuestion: Why\?\nAnswer: Because it is\.$/);
    const { step, timing } = JSON.parse((await guide("show", "2", "--json")).data);
    assertEquals([step.id, step.notes], ["b", "Say it twice."]);
    assertEquals([timing.aheadMinutes, timing.leftMinutes, timing.steps.length], [0, 20, 3]);

    const elsewhere = await guide("check", "1");
    assertEquals(elsewhere.code, 2);
    assertStringIncludes(elsewhere.status, "Cannot use --teach with check: use it with show");
    // Looking at the notes doesn't begin a step.
    assertEquals(timing.startedAt, undefined);
  });
});
