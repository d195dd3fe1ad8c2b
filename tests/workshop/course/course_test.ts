import { assert, assertEquals, assertMatch, assertNotMatch } from "@std/assert";
import { type Check, type Reason, REASONS } from "../../../lib/workshop/course/check.ts";
import { fillIn, fillInCourse } from "../../../lib/workshop/course/fill_in.ts";
import { readCourse } from "../../../lib/workshop/course/read_course.ts";
import type { Course } from "../../../lib/workshop/course/step.ts";
import { areGranted, testWith } from "../../helpers/needs.ts";
import { textsOf } from "../../helpers/step_texts.ts";
import { TEST_SETTINGS } from "../../helpers/text_settings.ts";
import { anchors } from "../../helpers/tutorial.ts";

const STEPS = new URL("../../../lib/workshop/steps/", import.meta.url);
const TUTORIAL = new URL("../../../docs/tutorial/", import.meta.url);

/** The width of a terminal, without a frame or an indent. */
const MAX_COLUMNS = 76;
/** A condition's text fits on one line after its state. */
const MAX_SAYS_COLUMNS = 66;

const NOTES = ["Say", "Ask", "Expect", "Mistake", "Cut"];

/** For each reason, whether a condition can fail for it, given what it requires. */
const DEMANDS: Record<Exclude<Reason, "unreachable">, (check: Check) => boolean> = {
  "wrong-status": (check) => check.kind === "http" || has(check, "status"),
  "wrong-body": (check) => has(check, "body"),
  "no-service": (check) => check.kind === "trace" && !check.absent,
  "no-trace": (check) => check.kind === "trace" && !check.absent,
  "no-span": (check) => has(check, "span"),
  "not-root": (check) => has(check, "root"),
  "wrong-kind": (check) => has(check, "spanKind"),
  "no-event": (check) => has(check, "event"),
  "no-exception": (check) => has(check, "exception"),
  "no-attribute": (check) => has(check, "attributes"),
  "no-resource": (check) => has(check, "resource"),
  "no-link": (check) => has(check, "links"),
  "no-headers": (check) => check.kind === "trace" && check.headers === "captured",
  "headers": (check) => check.kind === "trace" && check.headers === "none",
  "not-together": (check) => has(check, "together"),
  "not-in-zipkin": (check) => has(check, "zipkin"),
  "present": (check) => has(check, "absent"),
  "no-canary": (check) => has(check, "absent"),
  "no-metric": () => true,
  "no-series": (check) => has(check, "service") || has(check, "labels"),
  "too-low": (check) => has(check, "atLeast") || has(check, "peak"),
  "too-high": (check) => has(check, "peak") && has(check, "atMost"),
  "not-grown": (check) => has(check, "grew"),
  "no-logs-here": () => true,
  "no-log": () => true,
  "not-correlated": (check) => has(check, "correlated"),
  "unhealthy": (check) => has(check, "health"),
  "taken": (check) => check.kind === "port" && check.is === "free",
  "not-open": (check) => check.kind === "port" && check.is === "open",
  "missing": () => true,
  "invalid": (check) => has(check, "valid"),
  "unanswered": () => true,
  "too-few": (check) => check.kind === "quiz" || has(check, "count") || has(check, "atLeast"),
  "too-many": (check) => has(check, "atMost") && !has(check, "peak") || has(check, "seriesAtMost"),
  "hint": () => true,
  "no-kit": () => true,
  "not-a-child": (check) => has(check, "childOf"),
  "no-event-attribute": (check) => has(check, "eventAttributes"),
  "wrong-duration": (check) => has(check, "duration"),
  "no-text": (check) => has(check, "contains") && !has(check, "absent"),
  "not-seen": () => true,
  "still-running": () => true,
  "not-running": () => true,
  "not-flushed": () => true,
  "unclear": () => true,
};

const course: Course = areGranted(["read"])
  ? await readCourse(STEPS)
  : { id: "", title: "", steps: [], quiz: [], hints: {} };

/** By step: as written on usual ports; commands with others can be longer, and are wrapped. */
const TEXTS_OF_ALL = new Map(course.steps.map(({ id }) => [id, new Set<string>()]));
for (const name of ["embedded", "embedded without a folder", "external", "windows"]) {
  const setting = TEST_SETTINGS[name]!;
  for (const step of fillInCourse(course, setting).steps) {
    for (const text of textsOf(step)) TEXTS_OF_ALL.get(step.id)!.add(text);
  }
}

testWith(
  ["read"],
  "the course has a step 0, the tutorial's 17, letters between, and bonus steps after them",
  () => {
    const byNumber = Map.groupBy(course.steps, ({ number }) => parseInt(number));
    const numbers = [...byNumber.keys()];
    assertEquals(numbers.slice(0, 18), Array.from({ length: 18 }, (_, i) => i));
    assert(numbers.length > 18, `${numbers.length} numbers`);
    for (const [number, steps] of byNumber) {
      const letters = steps.map(({ number }) => number.replace(/^\d+/, ""));
      const first = letters[0] === "" ? 1 : 0;
      assertEquals(letters.slice(first).join(""), "abcdefgh".slice(0, letters.length - first));
      for (const { bonus, id } of steps) assertEquals(bonus, number > 17, id);
    }
  },
);

testWith(
  ["read"],
  "the parts of the course are those of the tutorial, and take as long",
  async () => {
    const page = await Deno.readTextFile(new URL("README.md", TUTORIAL));
    for (
      const [, title = "", minutes] of page.matchAll(/^\| \d[a-z]?\. \[(.+?)\].*\| (\d+) +\|$/gm)
    ) {
      const steps = course.steps.filter(({ part }) => part === title);
      const planned = steps.reduce((sum, step) => sum + step.minutes, 0);
      assertEquals(planned, Number(minutes), title);
    }
  },
);

testWith(["read"], "every step and question leads to a heading of the tutorial", async () => {
  const links = [...course.steps, ...course.quiz].flatMap(({ tutorial }) => tutorial ?? []);
  for (const link of new Set(links)) {
    const [page = "", anchor = ""] = link.split("#");
    const there = anchors(await Deno.readTextFile(new URL(page, TUTORIAL)));
    assert(there.includes(anchor), `${link}: there are ${there.join(", ")}`);
  }
  for (const { number, tutorial } of course.steps.filter(({ bonus }) => !bonus)) {
    assertMatch(tutorial ?? "", number === "0" ? /#what-you-need$/ : RegExp(`#step-${number}-`));
  }
});

for (const step of course.steps) {
  Deno.test(`step ${step.number}, ${step.id}, has all that a learner and a teacher need`, () => {
    for (const hint of step.hints) assertMatch(hint, /\S/);
    assertMatch(step.hints[0] ?? "", /\?/, "the first hint asks");
    assertMatch(step.question, /\?$/);
    assertEquals(step.notes.split("\n").map((line) => line.split(":")[0]), NOTES);
    assert(step.solution.length > 0, "a solution");
    for (const { id, says, fails, check } of step.conditions) {
      const shown = fillIn(says, TEST_SETTINGS.embedded!);
      assert(shown.length <= MAX_SAYS_COLUMNS, `${id} says ${shown.length} columns`);
      for (const reason of reasonsOf(check)) assert(fails[reason], `${id}: no text for ${reason}`);
    }
  });

  Deno.test(`step ${step.number}, ${step.id}, fits a terminal and is safe to follow`, () => {
    for (const text of TEXTS_OF_ALL.get(step.id)!) {
      // Paragraphs are wrapped to the terminal's width, but commands and long words aren't.
      for (const line of codeLines(text)) assert(line.length <= MAX_COLUMNS, line);
      for (const word of text.split(/\s+/)) assert(word.length <= MAX_COLUMNS, word);
      assertEquals(text.split("```").length % 2, 1, "an open block of code");
      assertNotMatch(text, /0\.0\.0\.0/, "an address for everybody");
      assertNotMatch(text, /:latest\b/, "an image without a version");
      assertNotMatch(text, /\$[a-z]+\b(?!:)/, "a variable that nobody fills in");
    }
  });
}

for (const { id, choices, asks } of course.quiz) {
  Deno.test(`question ${id} explains each choice`, () => {
    assertMatch(asks, /\?$/);
    assertEquals(new Set(choices.map(({ text }) => text)).size, choices.length);
    assertEquals(new Set(choices.map(({ why }) => why)).size, choices.length);
    for (const { text } of choices) assert(text.length <= MAX_COLUMNS, text);
  });
}

function reasonsOf(check: Check): Reason[] {
  return REASONS[check.kind].filter((reason) => reason === "unreachable" || DEMANDS[reason](check));
}

function has(check: Check, key: string): boolean {
  return (check as unknown as Record<string, unknown>)[key] !== undefined;
}

function codeLines(text: string): string[] {
  return [...text.matchAll(/^```\w*\n([^]*?)^```/gm)].flatMap(([, code = ""]) => code.split("\n"));
}
