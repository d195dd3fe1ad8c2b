import { assertEquals } from "@std/assert";
import { chooseHint } from "../../../lib/workshop/conditions/choose_hint.ts";
import { parseCourse } from "../../../lib/workshop/course/read_course.ts";
import { courseFile, stepFile } from "../../helpers/course.ts";
import { testWith } from "../../helpers/needs.ts";

const FILES = [
  courseFile({ hints: { app: "Is it running?" } }),
  stepFile("01-a.yaml", {
    conditions: [
      { id: "answers", says: "It answers", http: { path: "/", status: 200 } },
      {
        id: "nests",
        says: "It nests",
        helps: { "no-span": "Start it.", "not-a-child": "Who keeps the context?" },
        trace: { service: "*", childOf: "root", span: "greet" },
      },
    ],
  }),
];

testWith(["read", "env"], "chooseHint() is for what is wrong, once, then there is none", () => {
  const course = parseCourse(FILES);
  const [step] = course.steps;
  const nests = { id: "nests", says: "It nests", state: "waiting", found: "" } as const;
  const situation = {
    outcomes: [{ ...nests, reason: "not-a-child" as const }],
    brokenLink: "app",
  };
  const first = chooseHint(step!, course, situation, []);
  assertEquals(first, { key: "app", text: "Is it running?" });
  const second = chooseHint(step!, course, situation, [first!]);
  assertEquals(second, { key: "nests, not-a-child", text: "Who keeps the context?" });
  assertEquals(chooseHint(step!, course, situation, [first!, second!]), undefined);
  const otherwise = { outcomes: [{ ...nests, reason: "no-span" as const }] };
  assertEquals(chooseHint(step!, course, otherwise, [])?.text, "Start it.");
});

testWith(
  ["read", "env"],
  "chooseHint() has nothing for what is met, or what nobody checked",
  () => {
    const course = parseCourse(FILES);
    const [step] = course.steps;
    const met = { id: "nests", says: "It nests", state: "passed", found: "" } as const;
    assertEquals(chooseHint(step!, course, { outcomes: [met] }, []), undefined);
    assertEquals(
      chooseHint(step!, course, { outcomes: [], brokenLink: "exporter" }, []),
      undefined,
    );
  },
);
