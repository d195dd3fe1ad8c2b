import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import { marked } from "marked";
import { parseCourse } from "../../../lib/workshop/course/read_course.ts";
import type { CourseProgress } from "../../../lib/workshop/progress/progress.ts";
import { summaryHtml } from "../../../lib/workshop/summary/html.ts";
import { summaryMarkdown } from "../../../lib/workshop/summary/markdown.ts";
import { summarize, type Summary } from "../../../lib/workshop/summary/summary.ts";
import { courseFile, stepFile } from "../../helpers/course.ts";
import { testWith } from "../../helpers/needs.ts";

const TRACES_URL = "http://localhost:4319/traces";
const TRACE_ID = "4e44aa00bb11cc22dd33ee44ff553df3";
const START = Date.UTC(2026, 0, 5, 9);
const MINUTE_MS = 60_000;

const FILES = [
  courseFile({
    quiz: ["one", "two", "three"].map((id) => ({
      id,
      topic: "basics",
      asks: "Why?",
      choices: [{ text: "Because", right: true, why: "So." }, { text: "No", why: "Not so." }],
    })),
  }),
  stepFile("01-a.yaml"),
  stepFile("02-b.yaml"),
  stepFile("03-c.yaml"),
  stepFile("04-d.yaml", { bonus: true }),
];

const PROGRESS: CourseProgress = {
  current: "c",
  steps: {
    a: {
      startedAt: START,
      readings: {},
      hintsShown: 2,
      isSolved: true,
      done: {
        at: START + 5 * MINUTE_MS,
        how: "shown",
        evidence: { answers: { text: 'span "<b>x|y*z*</b>"\n', traceId: TRACE_ID } },
      },
    },
    b: {
      startedAt: START + 5 * MINUTE_MS,
      readings: {},
      hintsShown: 0,
      isSolved: false,
      done: {
        at: START + 7 * MINUTE_MS,
        how: "done",
        evidence: {
          answers: { text: "the app answered", traceId: "../../x" },
          gone: { text: "x" },
        },
      },
    },
    c: { startedAt: START + 7 * MINUTE_MS, readings: {}, hintsShown: 0, isSolved: false },
  },
  answers: { one: true, two: false, elsewhere: true },
  firstTries: { one: true, two: false },
};

testWith(
  ["env"],
  "summarize() reports each step's progress, time, and evidence",
  () => {
    const { steps, usedMinutes, quiz } = summary();
    assertEquals(steps.map(({ state }) => state), ["shown", "done", "begun", "not begun"]);
    assertEquals(steps.map(({ usedMinutes }) => usedMinutes), [5, 2, 3, undefined]);
    assertEquals(usedMinutes, 10);
    assertEquals([steps[0]?.hintsUsed, steps[0]?.isSolved], [2, true]);
    assertEquals(steps[0]?.evidence, [
      { says: "/ answers 200", text: 'span "<b>x|y*z*</b>"', traceId: TRACE_ID },
    ]);
    assertEquals(quiz, { right: 1, atFirstTry: 1, asked: 2, questions: 3 });
  },
);

testWith(["env"], "summaryMarkdown() and summaryHtml() link to traces, and only to traces", () => {
  const link = `${TRACES_URL}/${TRACE_ID}`;
  for (const text of [marked.parse(summaryMarkdown(summary(), TRACES_URL)) as string, html()]) {
    assertEquals([...text.matchAll(/href="([^"]*)"/g)].map(([, url]) => url), [link]);
    assertStringIncludes(text, "../../x");
    assertStringIncludes(text, "&lt;b&gt;x|y*z*&lt;/b&gt;");
    assert(!/<(b|em|script)>/.test(text));
    assertMatch(text, />2 of 3 steps passed</);
    assertMatch(text, />1 of 2 questions answered correctly, 1 at the first try</);
    assertMatch(text, />5 of 3<[^>]*>\s*<td>2, solved</);
  }
});

testWith(["env"], "summaryMarkdown() shows any title unchanged", () => {
  const pieces = [..."\\`*_[]<>|~&#+-1.)( !:@/", "www.a.io", "http://a.io", "a@b.io", "&amp;"];
  const text = fc.oneof(
    fc.string({ minLength: 1 }),
    fc.string({ minLength: 1, unit: fc.constantFrom(...pieces) }),
  );
  fc.assert(
    fc.property(text, (title) => {
      const titled = withTitle(title);
      const shown = titled.steps[0]!.title;
      const parsed = marked.parse(summaryMarkdown(titled, TRACES_URL)) as string;
      const [, heading = ""] = /<h2>([\s\S]*?)<\/h2>/.exec(parsed) ?? [];
      assertEquals(decode(heading), `1 ${shown}`.trim());
    }),
    { examples: [["at the end #"]] },
  );
});

testWith(["env"], "summaryHtml() shows any title unchanged", () => {
  fc.assert(fc.property(fc.string({ minLength: 1 }), (title) => {
    const titled = withTitle(title);
    const [, heading = ""] = /<h2>([\s\S]*?)<\/h2>/.exec(summaryHtml(titled, TRACES_URL)) ?? [];
    assertEquals(decode(heading), `1 ${titled.steps[0]!.title}`);
  }));
});

testWith(["env"], "summaryHtml() is a page that loads and runs nothing", () => {
  const page = html();
  assert(page.startsWith("<!DOCTYPE html>"));
  assert(!/<script|<link|<img|@import|url\(|\bon\w+=/i.test(page));
  assertStringIncludes(page, "default-src 'none'");
  assertStringIncludes(page, "prefers-color-scheme: dark");
});

function summary(): Summary {
  return summarize(parseCourse(FILES), PROGRESS, START + 10 * MINUTE_MS);
}

function html(): string {
  return summaryHtml(summary(), TRACES_URL);
}

function withTitle(title: string): Summary {
  const course = parseCourse(FILES);
  const [first, ...others] = course.steps;
  return summarize({ ...course, steps: [{ ...first!, title }, ...others] }, PROGRESS, START);
}

function decode(text: string): string {
  const entities: Record<string, string> = { lt: "<", gt: ">", quot: '"', "#39": "'", amp: "&" };
  return text.replaceAll(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => entities[name]!);
}
