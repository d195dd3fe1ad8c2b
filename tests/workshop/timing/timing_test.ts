import { assertEquals } from "@std/assert";
import { parseCourse } from "../../../lib/workshop/course/read_course.ts";
import { type CourseProgress, stepProgress } from "../../../lib/workshop/progress/progress.ts";
import { type CourseTiming, courseTiming } from "../../../lib/workshop/timing/timing.ts";
import { courseFile, stepFile } from "../../helpers/course.ts";
import { testWith } from "../../helpers/needs.ts";

/** Four steps of 10 minutes each, and a bonus step. */
const FILES = [
  courseFile(),
  ...["01-a", "02-b", "03-c", "04-d"].map((name) => stepFile(`${name}.yaml`, { minutes: 10 })),
  stepFile("05-e.yaml", { minutes: 10, bonus: true }),
];

/** Times in minutes since the course began: begun, done. */
type Times = Record<string, [begun: number, done?: number]>;

function timing(times: Times, current: string, now: number): CourseTiming {
  const progress: CourseProgress = { current, steps: {}, answers: {} };
  for (const [id, [begun, done]] of Object.entries(times)) {
    const state = stepProgress(progress, id);
    state.startedAt = at(begun);
    if (done !== undefined) state.done = { at: at(done), how: "done", evidence: {} };
  }
  return courseTiming(parseCourse(FILES), progress, at(now));
}

function at(minutes: number): number {
  return Date.UTC(2026, 0, 5, 9) + minutes * 60_000;
}

function totals({ plannedMinutes, usedMinutes, leftMinutes }: CourseTiming) {
  return { planned: plannedMinutes, used: usedMinutes, left: leftMinutes };
}

function used({ steps }: CourseTiming) {
  return steps.map(({ usedMinutes }) => usedMinutes);
}

testWith(["env"], "courseTiming() has nothing used before the first step is begun", () => {
  const none = timing({}, "a", 60);
  assertEquals(totals(none), { planned: 0, used: 0, left: 40 });
  assertEquals(none.startedAt, undefined);
});

testWith(["env"], "courseTiming() counts only the time used so far for the current step", () => {
  const within = timing({ a: [0, 12], b: [12] }, "b", 15);
  assertEquals(totals(within), { planned: 13, used: 15, left: 27 });
  assertEquals(used(within), [12, 3, undefined, undefined, undefined]);
  assertEquals(within.steps.map(({ isRunning }) => isRunning), [false, true, false, false, false]);
  assertEquals(within.startedAt, at(0));
  assertEquals(totals(timing({ a: [0, 12], b: [12] }, "b", 30)), {
    planned: 20,
    used: 30,
    left: 20,
  });
});

testWith(
  ["env"],
  "courseTiming() is ahead if steps are skipped, and begins where the learner did",
  () => {
    assertEquals(totals(timing({ a: [0, 5], d: [5] }, "d", 7)), { planned: 32, used: 7, left: 8 });
    assertEquals(totals(timing({ c: [0, 5], d: [5] }, "d", 7)), { planned: 12, used: 7, left: 8 });
  },
);

testWith(["env"], "courseTiming() is not misled by a later check of a step that was done", () => {
  assertEquals(used(timing({ a: [0, 90], b: [12, 20] }, "c", 90)).slice(0, 2), [12, 8]);
});

testWith(
  ["env"],
  "courseTiming() ends an abandoned step where another one began, if one did",
  () => {
    assertEquals(used(timing({ a: [0], c: [4] }, "c", 10)).slice(0, 3), [4, undefined, 6]);
    assertEquals(used(timing({ a: [0], c: [4] }, "a", 10)).slice(0, 3), [10, undefined, undefined]);
  },
);

testWith(["env"], "courseTiming() counts each minute once, and no pause", () => {
  // A look at d while b was in progress.
  const looked = timing({ a: [0, 5], b: [5, 25], d: [15] }, "d", 30);
  assertEquals(used(looked), [5, 20, undefined, 15, undefined]);
  assertEquals(looked.usedMinutes, 30);
  assertEquals(timing({ a: [0, 5], b: [60, 65] }, "c", 90).usedMinutes, 10);
});

testWith(
  ["env"],
  "courseTiming() stops when the last step is done, and plans a bonus once begun",
  () => {
    const all: Times = { a: [0, 10], b: [10, 20], c: [20, 30], d: [30, 45] };
    assertEquals(totals(timing(all, "d", 600)), { planned: 40, used: 45, left: 0 });
    const more = timing({ ...all, e: [45] }, "e", 49);
    assertEquals(totals(more), { planned: 44, used: 49, left: 6 });
  },
);
