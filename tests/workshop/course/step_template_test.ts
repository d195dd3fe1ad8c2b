import { assert, assertEquals } from "@std/assert";
import { CHECKS, REASONS } from "../../../lib/workshop/course/check.ts";
import { type CourseFile, parseCourse } from "../../../lib/workshop/course/read_course.ts";
import { areGranted, testWith } from "../../helpers/needs.ts";

const FOLDER = new URL("../../../lib/workshop/step_template/", import.meta.url);
const FILES: CourseFile[] = areGranted(["read"])
  ? [
    { name: "course.yaml", text: Deno.readTextFileSync(new URL("course.yaml", FOLDER)) },
    { name: "01-my-step.yaml", text: Deno.readTextFileSync(new URL("step.yaml", FOLDER)) },
  ]
  : [];

/** The templates with all the commented-out settings enabled. */
const FULL = FILES.map(({ name, text }) => ({
  name,
  text: text.replaceAll(/^( *)#(?!#)/gm, "$1"),
}));

testWith(["read", "env"], "the templates form a valid course", () => {
  const { steps: [step] } = parseCourse(FILES);
  assertEquals(step?.conditions.map(({ check: { kind } }) => kind), ["http"]);
});

testWith(["read", "env"], "the templates show every kind of condition with all of its keys", () => {
  const { steps } = parseCourse(FULL);
  const checks = steps[0]!.conditions.map(({ check }) => check);
  for (const [kind, { entries }] of Object.entries(CHECKS)) {
    const shown = checks.filter((check) => check.kind === kind).flatMap(Object.keys);
    assertEquals(Object.keys(entries).filter((key) => !shown.includes(key)), [], kind);
  }
});

testWith(["read"], "the templates name every reason for which a condition can fail", () => {
  const text = FILES[1]!.text.replaceAll(/\s+##\s+/g, " ");
  for (const [kind, reasons] of Object.entries(REASONS)) {
    const [, named] = new RegExp(` ${kind}: .*?Reasons: (.*?)\\.(?= |\\n)`, "s").exec(text) ?? [];
    assertEquals(named?.split(/, /), [...reasons], kind);
  }
});

testWith(
  ["read", "env"],
  "the templates show everything that a step, a course, and a solution can have",
  () => {
    const { steps: [step], quiz } = parseCourse(FULL);
    assert(
      step?.bonus && step.was && step.tutorial && step.diff && quiz.length > 0,
    );
    const actions = step.solution.flatMap(Object.keys);
    assertEquals(
      [...new Set(actions)].sort(),
      [
        "answer",
        "collectorDemo",
        "kit",
        "request",
        "start",
        "stop",
        "stopDuring",
        "stopKit",
        "wait",
        "write",
      ],
    );
    assertEquals(step.solution.filter((action) => "start" in action).length, 3);
  },
);

testWith(["read"], "the templates fit 80 columns", () => {
  const lines = FILES.flatMap(({ text }) => text.split("\n"));
  assertEquals(lines.filter((line) => line.length > 80), []);
});
