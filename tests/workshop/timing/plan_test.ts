import { assert, assertEquals } from "@std/assert";
import { parseCourse, readCourse } from "../../../lib/workshop/course/read_course.ts";
import { aheadOfPlan, LENGTHS, planCourse } from "../../../lib/workshop/timing/plan.ts";
import { courseFile, stepFile } from "../../helpers/course.ts";
import { testWith } from "../../helpers/needs.ts";

const STEPS = new URL("../../../lib/workshop/steps/", import.meta.url);

/** Four steps of 20 minutes, and two bonus steps. */
const COURSE = parseCourse([
  courseFile(),
  ...["01-a", "02-b", "03-c", "04-d"].map((name) => stepFile(`${name}.yaml`, { minutes: 20 })),
  stepFile("05-e.yaml", { minutes: 30, bonus: true }),
  stepFile("06-f.yaml", { minutes: 200, bonus: true }),
]);

testWith(["env"], "planCourse() puts breaks between steps, and bonus steps into the rest", () => {
  const { items, leftMinutes, bonus } = planCourse(COURSE, "3.5h");
  assertEquals(items.map(({ step, startsAt }) => [step?.id ?? "break", startsAt]), [
    ["a", 0],
    ["b", 20],
    ["break", 40],
    ["c", 50],
    ["d", 70],
  ]);
  assertEquals([leftMinutes, bonus.map(({ id }) => id)], [120, ["e"]]);
});

testWith(["env"], "aheadOfPlan() compares with the time of the step", () => {
  const plan = planCourse(COURSE, "3.5h");
  const [, , c] = COURSE.steps;
  const ahead = [45, 50, 69, 80].map((elapsed) => aheadOfPlan(plan, c!, elapsed));
  assertEquals(ahead, [5, 0, 0, -10]);
  assertEquals(aheadOfPlan(plan, COURSE.steps[4]!, 10), undefined);
});

testWith(
  ["read"],
  "the course fits into both lengths, and 90 minutes leave code to write",
  async () => {
    const course = await readCourse(STEPS);
    for (const length of ["3.5h", "90m"] as const) {
      const { items, leftMinutes } = planCourse(course, length);
      const last = items.at(-1)!;
      assert(leftMinutes >= 0, `${length}: ${leftMinutes}`);
      assertEquals(last.startsAt + last.minutes + leftMinutes, LENGTHS[length]);
      assert(items.some(({ step }) => step === undefined), `${length} has a break`);
      assert(items.some(({ step, isShown }) => step?.id === "first-span" && !isShown));
      assertEquals(
        items.flatMap(({ step }) => step ?? []),
        course.steps.filter(({ bonus }) => !bonus),
      );
    }
  },
);
