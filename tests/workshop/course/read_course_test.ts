import { assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import {
  CourseError,
  type CourseFile,
  parseCourse,
  readCourse,
} from "../../../lib/workshop/course/read_course.ts";
import { courseFile, stepFile } from "../../helpers/course.ts";
import { withFolder } from "../../helpers/folder.ts";
import { testWith } from "../../helpers/needs.ts";

const QUESTION = {
  id: "why",
  topic: "basics",
  asks: "Why?",
  choices: [{ text: "Because", right: true, why: "So it is." }, { text: "No", why: "It is not." }],
};

testWith(
  ["read", "env"],
  "parseCourse() orders the steps by number and fills in the course's variables",
  () => {
    const { steps, title } = parseCourse([
      stepFile("10-second.yaml", { title: "See $manual at $HOME" }),
      stepFile("10a-lettered.yaml", { id: "lettered" }),
      stepFile("02-first.yaml", { text: "echo $HOME; $env:OTEL_SERVICE_NAME" }),
      courseFile({ variables: { manual: "MyService" } }),
    ]);
    assertEquals(title, "A test");
    assertEquals(steps.map(({ number, id, title }) => [number, id, title]), [
      ["2", "first", "See it"],
      ["10", "second", "See MyService at $HOME"],
      ["10a", "lettered", "See it"],
    ]);
    assertEquals(steps[0]?.text, "echo $HOME; $env:OTEL_SERVICE_NAME");
  },
);

testWith(
  ["read", "env"],
  "parseCourse() reads a condition by its kind, its time and the span's kind",
  () => {
    const trace = { service: "$manual", span: "root", kind: "server", status: "error" };
    const { steps } = parseCourse([
      courseFile({ variables: { manual: "MyService" } }),
      stepFile("01-see.yaml", {
        conditions: [{ id: "t", says: "It is", fails: { "no-span": "No" }, within: "15s", trace }],
      }),
    ]);
    assertEquals(steps[0]?.conditions, [{
      id: "t",
      says: "It is",
      fails: { "no-span": "No" },
      helps: {},
      withinMillis: 15_000,
      check: {
        kind: "trace",
        service: "MyService",
        span: "root",
        spanKind: "server",
        status: "error",
      },
    }]);
  },
);

const MISTAKES: [string, CourseFile[], string][] = [
  ["a course without steps", [courseFile()], "expected a step, 01-id.yaml"],
  ["another format", [courseFile({ format: 2 }), stepFile("01-a.yaml")], "expected format 1"],
  ["a name without number", [courseFile(), stepFile("01-a.yaml"), {
    ...stepFile("02-b.yaml"),
    name: "b.yaml",
  }], "b.yaml: expected a name such as"],
  ["an id unlike the name", [courseFile(), stepFile("01-a.yaml", { id: "b" })], 'expected "a"'],
  ["broken YAML", [courseFile(), { name: "01-a.yaml", text: "a: [" }], "01-a.yaml: "],
  ["an unknown key", [courseFile(), stepFile("01-a.yaml", { script: "rm" })], "01-a.yaml > script"],
  ["two hints", [courseFile(), stepFile("01-a.yaml", { hints: ["a", "b"] })], "three hints"],
  ["no notes", [courseFile(), stepFile("01-a.yaml", { notes: undefined })], "01-a.yaml > notes"],
  ["an unknown variable", [courseFile(), stepFile("01-a.yaml", { text: "$nobody" })], "$nobody"],
  [
    "a step number twice",
    [courseFile(), stepFile("01-a.yaml"), stepFile("01-b.yaml")],
    "step 1 appears twice",
  ],
  ["a kind that there is not", conditions({ shell: "rm -rf /" }), "one of http, trace, metric"],
  ["two kinds in one", conditions({ http: { path: "/", status: 200 }, port: {} }), "one of http"],
  ["an unknown key of a kind", conditions({ http: { path: "/", status: 200, x: 1 } }), "http.x"],
  ["a path without slash", conditions({ http: { path: "x", status: 200 } }), "http.path: expected"],
  ["a path out of the folder", conditions({ file: { path: "../x", exists: true } }), "file.path: "],
  [
    "an unknown reason",
    conditions({ fails: { "no-span": "x" }, http: { path: "/", status: 200 } }),
    'unknown reason "no-span": expected one of unreachable, wrong-status, wrong-body',
  ],
  [
    "a question that is not",
    conditions({ quiz: { questions: ["x"], correct: 1 } }),
    'question "x"',
  ],
  ["a wait for nothing", [
    courseFile(),
    stepFile("01-a.yaml", { solution: [{ wait: ["x"] }] }),
  ], 'solution waits for "x": expected one of answers'],
  ["two right choices", [
    courseFile({ quiz: [{ ...QUESTION, choices: Array(2).fill(QUESTION.choices[0]) }] }),
    stepFile("01-a.yaml"),
  ], "course.yaml > quiz > 0: expected exactly one right choice"],
];

for (const [name, files, message] of MISTAKES) {
  testWith(["read", "env"], `parseCourse() rejects ${name}, and reports where`, () => {
    assertStringIncludes(assertThrows(() => parseCourse(files), CourseError).message, message);
  });
}

testWith(
  ["read", "write"],
  "readCourse() reads a folder, and reports a missing one",
  async () => {
    await withFolder(async (folder) => {
      for (const { name, text } of [courseFile({ quiz: [QUESTION] }), stepFile("01-a.yaml")]) {
        await Deno.writeTextFile(`${folder}/${name}`, text);
      }
      const course = await readCourse(folder);
      assertEquals(course.quiz[0]?.choices[1], { text: "No", right: false, why: "It is not." });
      await assertRejects(() => readCourse(`${folder}/none`), CourseError, "no such folder");
    });
  },
);

function conditions(given: Record<string, unknown>): CourseFile[] {
  return [
    courseFile(),
    stepFile("01-a.yaml", { conditions: [{ id: "c", says: "It is so", ...given }] }),
  ];
}
