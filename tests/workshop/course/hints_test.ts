import { assertEquals } from "@std/assert";
import type { Reason } from "../../../lib/workshop/course/check.ts";
import { readCourse } from "../../../lib/workshop/course/read_course.ts";
import type { Condition, Course } from "../../../lib/workshop/course/step.ts";
import type { RungName } from "../../../lib/workshop/ladder/rung.ts";
import { areGranted, testWith } from "../../helpers/needs.ts";

const STEPS = new URL("../../../lib/workshop/steps/", import.meta.url);

/** All links; the type holds that none is missing. */
const RUNGS: Record<RungName, true> = {
  "deno": true,
  "file": true,
  "config-file": true,
  "app": true,
  "answer": true,
  "port": true,
  "launcher": true,
  "handler": true,
  "receiver": true,
  "collector-exporter": true,
  "service-name": true,
  "provider": true,
  "span-end": true,
  "exporter": true,
  "backend": true,
  "lab": true,
};

/** With these, nothing is wrong yet: the message asks for what is left to do. */
const NOT_DONE: readonly Reason[] = ["unanswered", "not-seen", "still-running", "not-running"];

/** For these, the ladder finds a broken link, which has its own hint; without a span to find, they don't occur. */
function isOfLadder({ check }: Condition, reason: Reason): boolean {
  if (check.kind === "http") return check.tool === undefined && reason === "unreachable";
  if (check.kind !== "trace") return false;
  return ["no-service", "no-trace"].includes(reason) || reason === "unreachable" && !check.absent;
}

const course: Course = areGranted(["read"])
  ? await readCourse(STEPS)
  : { id: "", title: "", steps: [], quiz: [], hints: {} };

testWith(["read"], "each broken link has a hint", () => {
  assertEquals(Object.keys(course.hints).sort(), Object.keys(RUNGS).sort());
});

for (const { number, conditions } of course.steps) {
  testWith(["read"], `what can be wrong in step ${number} has a hint`, () => {
    const without = conditions.flatMap((condition) =>
      (Object.keys(condition.fails) as Reason[]).filter((reason) =>
        !NOT_DONE.includes(reason) && !isOfLadder(condition, reason) &&
        condition.helps?.[reason] === undefined
      ).map((reason) => `${condition.id}: ${reason}`)
    );
    assertEquals(without, []);
  });
}
