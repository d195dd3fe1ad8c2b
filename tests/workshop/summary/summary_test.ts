import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import { marked } from "marked";
import type { ArrivedSpan } from "../../../lib/workshop/backends/jaeger.ts";
import { parseCourse } from "../../../lib/workshop/course/read_course.ts";
import type { CourseProgress } from "../../../lib/workshop/progress/progress.ts";
import { summaryHtml } from "../../../lib/workshop/summary/html.ts";
import { summaryMarkdown } from "../../../lib/workshop/summary/markdown.ts";
import { addTraces, summarize, type Summary } from "../../../lib/workshop/summary/summary.ts";
import { traceLines } from "../../../lib/workshop/summary/trace_lines.ts";
import { courseFile, stepFile } from "../../helpers/course.ts";
import { testWith } from "../../helpers/needs.ts";

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

const SPANS: ArrivedSpan[] = [span("a", "", "GET <error>", 2), span("b", "a", "inner_*work*", 0)];

function span(spanId: string, parentSpanId: string, name: string, status: number): ArrivedSpan {
  return {
    traceId: TRACE_ID,
    spanId,
    parentSpanId,
    service: "shop",
    name,
    kind: 2,
    status,
    startedAt: 0,
    durationMillis: 1.25,
    attributes: new Map(),
    events: status === 2 ? [{ name: "exception", attributes: new Map() }] : [],
    links: [],
    resource: new Map(),
  };
}

testWith(["env"], "summaryMarkdown() and summaryHtml() contain the traces", async () => {
  const asked: string[] = [];
  const whole = await addTraces(summary(), (id) => {
    asked.push(id);
    return Promise.resolve(SPANS);
  });
  // Only ids of traces are looked up.
  assertEquals(asked, [TRACE_ID]);
  const lines =
    "GET <error> (shop), 1.3 ms, ERROR, events: exception\n  inner_*work* (shop), 1.3 ms";
  for (const text of [marked.parse(summaryMarkdown(whole)) as string, summaryHtml(whole)]) {
    const [, code = ""] = /<pre>(?:<code>)?([^]*?)(?:<\/code>)?<\/pre>/.exec(text) ?? [];
    assertEquals(decode(code).trim(), lines);
  }
});

testWith(["env"], "traceLines() ends, even if a trace has a circle or many spans", () => {
  const circle = [span("a", "b", "a", 0), span("b", "a", "b", 0), span("c", "", "c", 0)];
  assertEquals(traceLines(circle), ["c (shop), 1.3 ms", "a (shop), 1.3 ms", "  b (shop), 1.3 ms"]);
  const many = Array.from({ length: 40 }, (_, i) => span(`s${i}`, "", "one", 0));
  assertEquals(traceLines(many).at(-1), "... and 10 more spans");
});

testWith(["env"], "summaryMarkdown() and summaryHtml() have no links, which would be dead", () => {
  for (const text of [marked.parse(summaryMarkdown(summary())) as string, html()]) {
    assert(!text.includes("href="), text);
    assertStringIncludes(text, TRACE_ID);
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
      const parsed = marked.parse(summaryMarkdown(titled)) as string;
      const [, heading = ""] = /<h2>([\s\S]*?)<\/h2>/.exec(parsed) ?? [];
      assertEquals(decode(heading), `1 ${shown}`.trim());
    }),
    { examples: [["at the end #"]] },
  );
});

testWith(["env"], "summaryHtml() shows any title unchanged", () => {
  fc.assert(fc.property(fc.string({ minLength: 1 }), (title) => {
    const titled = withTitle(title);
    const [, heading = ""] = /<h2>([\s\S]*?)<\/h2>/.exec(summaryHtml(titled)) ?? [];
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
  return summaryHtml(summary());
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
