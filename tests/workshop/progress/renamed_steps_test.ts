import { assertEquals } from "@std/assert";
import { parseCourse } from "../../../lib/workshop/course/read_course.ts";
import type { CourseProgress } from "../../../lib/workshop/progress/progress.ts";
import { carryOverSteps } from "../../../lib/workshop/progress/renamed_steps.ts";
import { courseFile, stepFile } from "../../helpers/course.ts";

const { steps } = parseCourse([
  courseFile(),
  stepFile("01-other.yaml"),
  stepFile("08a-begin.yaml", { id: "begin", was: "both", conditions: [condition("begins")] }),
  stepFile("08b-end.yaml", { id: "end", was: "both", conditions: [condition("ends")] }),
]);

Deno.test("progress in a step that was split is carried over to its parts", () => {
  const evidence = { begins: { text: "It began" }, ends: { text: "It ended" } };
  const old = { startedAt: 1, readings: {}, hintsShown: 2, isSolved: false };
  const progress: CourseProgress = {
    current: "both",
    steps: { both: { ...old, done: { at: 2, how: "done", evidence } } },
    answers: {},
  };
  assertEquals(carryOverSteps(steps, progress), [
    'The step "both" is now steps 8a, 8b. Your progress was carried over',
  ]);
  assertEquals(progress, {
    current: "begin",
    steps: {
      begin: { ...old, done: { at: 2, how: "done", evidence: { begins: evidence.begins } } },
      end: { ...old, done: { at: 2, how: "done", evidence: { ends: evidence.ends } } },
    },
    answers: {},
  });
  assertEquals(carryOverSteps(steps, progress), [], "it was carried over before");
});

Deno.test("progress in a new step is kept, and no other step is touched", () => {
  const [mine, old] = [3, 1].map((startedAt) => ({
    startedAt,
    readings: {},
    hintsShown: 0,
    isSolved: false,
  }));
  const progress: CourseProgress = {
    current: "other",
    steps: { both: old!, begin: mine!, other: old! },
    answers: {},
  };
  assertEquals(carryOverSteps(steps, progress).length, 1);
  assertEquals(progress.current, "other");
  assertEquals(progress.steps, { begin: mine!, end: old!, other: old! });
  const none: CourseProgress = { current: "other", steps: { other: old! }, answers: {} };
  assertEquals(carryOverSteps(steps, none), []);
});

function condition(id: string) {
  return { id, says: "/ answers 200", http: { path: "/", status: 200 } };
}
