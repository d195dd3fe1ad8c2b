import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import { fileURLToPath } from "node:url";
import type { GuideView } from "../../../../lib/guests/guide.ts";
import { canDraw, type TerminalFacts } from "../../../../lib/cli/screen/can_draw.ts";
import { frame, measure } from "../../../../lib/cli/guide/terminal/frame.ts";
import type { Canvas } from "../../../../lib/cli/screen/page.ts";
import { drawn, line, wrap } from "../../../../lib/cli/screen/line.ts";
import { markdown } from "../../../../lib/cli/guide/terminal/markdown.ts";
import { follow, press } from "../../../../lib/cli/guide/terminal/press.ts";
import { FIRST_UI, type PageName, type Ui } from "../../../../lib/cli/guide/terminal/ui.ts";
import { widthOf } from "../../../../lib/cli/terminal/text.ts";
import { fillInCourse } from "../../../../lib/workshop/course/fill_in.ts";
import { readCourse } from "../../../../lib/workshop/course/read_course.ts";
import { stripAnsiCode } from "../../../helpers/ansi.ts";
import { testWith } from "../../../helpers/needs.ts";
import { TEST_SETTING } from "../../../helpers/text_settings.ts";
import { startTestGuide } from "../../../helpers/test_guide.ts";

const NOW = 1_700_000_010_000;
const CANVAS: Canvas = { columns: 80, rows: 24, isColored: false, now: NOW };
const SIZES = [[80, 24], [40, 12], [200, 60], [30, 10]] as const;
const PAGES: PageName[] = ["step", "list", "diff", "quiz", "help"];

const QUIZ = [
  { id: "one", asks: "What is it?", choices: ["This", "That"] },
  {
    id: "two",
    asks: "And why?",
    choices: ["So", "Or so", "Because of 日本"],
    isRight: false,
    why: "No.",
  },
];

/** A view with every possible part. */
function fullView(): GuideView {
  const { view } = startTestGuide();
  return {
    ...view,
    step: { ...view.step, quiz: QUIZ },
    waiting: { says: [view.conditions[1]!.says], until: NOW + 4200 },
    brokenLink: { name: "exporter", found: "it sends to 4317", fix: "Set the port to 4318" },
    hints: [
      { title: "Hint 1 of 3", text: "Is it there?" },
      { title: "Hint 2 of 3", text: "Look `here`." },
    ],
    solution: { state: "running", lines: ["wrote manual.ts", "started the app"] },
    problem: "Cannot go on: nothing is there",
  };
}

function press80(key: string, ui: Partial<Ui> = {}, view = fullView()) {
  const all = { ...FIRST_UI, ...ui };
  return press(key, view, all, measure(view, all, CANVAS));
}

Deno.test("frame() fills every size on every page, and no line is too wide", () => {
  const view = fullView();
  for (const [columns, rows] of SIZES) {
    for (const page of PAGES) {
      for (const isColored of [true, false]) {
        const canvas = { columns, rows, isColored, now: NOW };
        const lines = frame(view, { ...FIRST_UI, page }, canvas);
        assertEquals(lines.length, rows, `${page} at ${columns}×${rows}`);
        for (const text of lines) assert(widthOf(text) <= columns, `${page}: "${text}"`);
      }
    }
  }
});

Deno.test("frame() shows the step, conditions, pending checks, and keys at 80 by 24", () => {
  const { problem: _, solution: __, ...view } = fullView();
  assertEquals(frame({ ...view, hints: [], step: { ...view.step, quiz: [] } }, FIRST_UI, CANVAS), [
    " Step 10/17  See the manual app                                 By hand, 10 min ",
    "─".repeat(80),
    " Send both requests:",
    " ",
    "     curl localhost:5000",
    " ",
    " Jaeger: look for `root`.",
    " ",
    " Tutorial: 3-manual.md#step-10-see-the-manual-app",
    "",
    "",
    "─".repeat(80),
    ' ok    A span "root" without a parent has the event "root_event"',
    "       it arrived (trace 0af7651916cd43dd8448eb211c80319c)",
    " wait  The span of /error has status ERROR and an exception",
    '       span "root" arrived, status UNSET',
    "       Did you send /error? If so, the status is missing: `root.setStatus(…)`",
    "       in catch.",
    " Waiting up to 5 s",
    " First broken link: exporter",
    "       it sends to 4317",
    "       Set the port to 4318",
    " ",
    " n next  b back  c check  h hint  d diff  s solution  l list  r reset  q quit  ?",
  ]);
});

Deno.test("frame() shows how to continue after a passed step, and how to answer its question", () => {
  const view = { ...startTestGuide().view, isPassed: true, answer: "The app." };
  const shown = frame(view, FIRST_UI, CANVAS).join("\n");
  assertStringIncludes(shown, " Passed. Press n for step 22, From a log record to its trace");
  assertStringIncludes(shown, " Press End for the answer: Who set the error status?");
  const end = frame(view, press80("end", {}, view).ui, CANVAS).join("\n");
  assertStringIncludes(end, " Who set the error status?\n The app.");
});

Deno.test("frame() keeps conditions, advice and messages readable at 40 by 12", () => {
  const view = fullView();
  const canvas = { ...CANVAS, columns: 40, rows: 12 };
  const shown = frame(view, FIRST_UI, canvas).join("\n");
  assertStringIncludes(shown, " ok    1 of 2 passed");
  assertStringIncludes(shown, " wait  The span of /error");
  assertStringIncludes(shown, "Cannot go on: nothing is there");
  assertStringIncludes(shown, "? keys");
  // Rows that don't fit can be scrolled to.
  const last = frame(view, { ...FIRST_UI, scroll: "all" }, { ...canvas, rows: 60 });
  assertStringIncludes(last.join("\n"), "Set the port to 4318");
  const rows = allRows(view, canvas);
  for (const part of ["Checks", "If so, the", "Set the port to 4318"]) {
    assertStringIncludes(rows, part);
  }
});

Deno.test("frame() shows what to do next at 80 by 24, however many conditions there are", () => {
  const { view } = startTestGuide();
  const condition = (id: number, state: "passed" | "waiting") => ({
    id: String(id),
    says: `Condition ${id}`,
    state,
    found: state === "passed" ? "" : "no span arrived since the step began, whatever happened",
    ...state === "waiting" &&
      { advice: `${"Look at the first terminal. ".repeat(6)}Do this first.` },
  });
  const shown = frame(
    {
      ...view,
      conditions: [1, 2, 3, 4, 5, 6].map((id) => condition(id, id < 4 ? "passed" : "waiting")),
      waiting: { says: ["Condition 4"], until: NOW + 4000 },
      brokenLink: {
        name: "exporter",
        found: "no spans from the app arrived",
        fix: `${"Wait for the batch, which is sent every 5 s. ".repeat(3)}Then do this.`,
        foundAt: NOW - 12_000,
      },
    },
    FIRST_UI,
    CANVAS,
  ).join("\n");
  for (const part of ["3 of 6 passed", "Condition 4", "Do this first.", "Then do"]) {
    assertStringIncludes(shown, part);
  }
  assertStringIncludes(shown, "First broken link: exporter (found 12 s ago)");
});

/** All rows, including those that need scrolling. */
function allRows(view: GuideView, canvas: Canvas): string {
  const { total } = measure(view, FIRST_UI, canvas);
  return Array.from(
    { length: total },
    (_, scroll) => frame(view, { ...FIRST_UI, scroll }, canvas).join("\n"),
  ).join("\n");
}

Deno.test("frame() highlights with color, which is the only difference from NO_COLOR", () => {
  const view = fullView();
  const colored = frame(view, FIRST_UI, { ...CANVAS, isColored: true }).join("\n");
  const plain = frame(view, FIRST_UI, CANVAS).join("\n");
  assert(!plain.includes("\x1b"));
  assert(colored.includes("\x1b[32mok"));
  assert(colored.includes("\x1b[33mwait"));
  assertEquals(stripAnsiCode(colored).split("\n")[0], plain.split("\n")[0]);
});

Deno.test("frame() keeps control characters from others out of the terminal", () => {
  const bad = "a\x1b[2Jb\u202ec\r\x07";
  const view = fullView();
  const poisoned: GuideView = {
    ...view,
    course: bad,
    step: {
      ...view.step,
      title: bad,
      text: bad,
      quiz: [{ id: "q", asks: bad, choices: [bad], isRight: true, why: bad }],
    },
    conditions: view.conditions.map((condition) => ({
      ...condition,
      says: bad,
      found: bad,
      advice: bad,
      evidence: { text: bad, traceId: bad },
    })),
    brokenLink: { name: bad, found: bad, fix: bad },
    hints: [{ title: bad, text: bad }],
    solution: { state: "failed", lines: [bad] },
    problem: bad,
  };
  const diffs = [{
    fromFile: bad,
    toFile: bad,
    lines: [{ kind: "added" as const, text: bad }],
  }];
  for (const page of PAGES) {
    for (const text of frame(poisoned, { ...FIRST_UI, page, diffs }, { ...CANVAS, rows: 90 })) {
      assert(!/[\p{Cc}\p{Cf}]/u.test(text), JSON.stringify(text));
    }
  }
});

testWith(["read"], "frame() breaks no word of any step at 80 columns", async () => {
  const course = await readCourse(
    fileURLToPath(new URL("../../../../lib/workshop/steps", import.meta.url)),
  );
  const { steps } = fillInCourse(course, TEST_SETTING);
  const { view } = startTestGuide();
  for (const step of steps) {
    const words = (text: string) => new Set(text.replaceAll(/[`*]/g, "").split(/\s+/));
    const shown = allRows({ ...view, step: { ...view.step, text: step.text } }, CANVAS);
    const seen = words(shown);
    for (const word of words(step.text)) {
      if (!/^(sh|ts|text|yaml|promql|diff|powershell)?$/.test(word)) {
        assert(seen.has(word), `${step.id}: "${word}"`);
      }
    }
  }
});

Deno.test("wrap() breaks lines between words, and splits only words that fit on no line", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme" }),
      fc.integer({ min: 10, max: 60 }),
      (text, width) => {
        const lines = wrap(line(text), width, { first: 2, rest: 4 });
        for (const pieces of lines) assert(widthOf(drawn(pieces, false)) <= width);
      },
    ),
  );
  const lines = wrap(line("one two three"), 12, { rest: 2 }).map((pieces) => drawn(pieces, false));
  assertEquals(lines, ["one two", "  three"]);
});

Deno.test("markdown() joins paragraphs, keeps code as it is, and hangs lists", () => {
  const text =
    "A **strong**\nword and `a\nb`.\n- one\n- two\n  more\n\n```sh\nx  y\n  z\n```\n[t](u)\n";
  const lines = markdown(text, { width: 40, isColored: false }).map((one) => drawn(one, false));
  assertEquals(lines, [
    "A strong word and `a b`.",
    "  - one",
    "  - two more",
    "",
    "    x  y",
    "      z",
    "",
    "t (u)",
  ]);
  const colored = markdown("`x`", { width: 40, isColored: true }).map((one) => drawn(one, true));
  assertEquals(colored, ["\x1b[36mx\x1b[0m"]);
});

Deno.test("markdown() wraps commands so that they can be pasted", () => {
  const wrapped = (code: string, language = "sh") =>
    markdown(`\`\`\`${language}\n${code}\n\`\`\``, { width: 30, isColored: false })
      .map((one) => drawn(one, false));
  assertEquals(wrapped("otel-kit load --errors 20% http://localhost"), [
    "    otel-kit load --errors \\",
    "      20% http://localhost",
  ]);
  assertEquals(wrapped("curl -H 'x-user-id: 7 of many others' host"), [
    "    curl -H 'x-user-id: 7 of",
    "      many others' host",
  ]);
  assertEquals(wrapped("otel-kit guide saw"), ["    otel-kit guide saw"]);
  assertEquals(wrapped("sum(rate(a[1m])) by (job) / sum(b)", "promql"), [
    "    sum(rate(a[1m])) by (job)",
    "      / sum(b)",
  ]);
});

Deno.test("press() performs the action of each key", () => {
  assertEquals(press80("n").effect, { act: { do: "next" } });
  assertEquals(press80("b").effect, { act: { do: "back" } });
  assertEquals(press80("c").effect, { act: { do: "check" } });
  assertEquals(press80("h").effect, { act: { do: "hint" } });
  assertEquals(press80("d").effect, { diff: "see-manual" });
  assertEquals(press80("q").effect, { end: true });
  assertEquals(press80("ctrl-c").effect, { end: true });
  assertEquals(press80("l").ui.page, "list");
  assertEquals(press80("a").ui.page, "quiz");
  assertEquals(press80("?").ui.page, "help");
  assertEquals(press80("x").ui, FIRST_UI);
  const noDiff = fullView();
  noDiff.step.hasDiff = false;
  assertStringIncludes(press80("d", {}, noDiff).ui.note, "no diff");
});

Deno.test("press() writes files only after confirmation", () => {
  for (const [key, act] of [["s", "solve"], ["r", "reset"]] as const) {
    const { ui, effect } = press80(key);
    assertEquals([ui.asks, effect], [act, undefined]);
    assertEquals(press80("y", ui).effect, { act: { do: act } });
    assertEquals(press80("n", ui).effect, undefined);
    assertEquals(press80("n", ui).ui.asks, undefined);
    assertEquals(press80("x", ui).effect, undefined);
  }
});

Deno.test("press() refuses changes while the guide is busy", () => {
  for (const busy of [{ ...fullView(), busy: "check" as const }, fullView()]) {
    const ui = { isActing: busy.busy === undefined };
    for (const key of ["n", "b", "c", "h", "s", "r"]) {
      const { ui: after, effect } = press80(key, ui, busy);
      assertEquals(effect, undefined, key);
      assertStringIncludes(after.note, "One thing at a time");
    }
    assertEquals(press80("down", ui, busy).ui.scroll, 1);
    assertEquals(press80("q", ui, busy).effect, { end: true });
  }
});

Deno.test("press() scrolls within the text, and never past its ends", () => {
  const { shown, total } = measure(fullView(), FIRST_UI, CANVAS);
  const end = total - shown;
  assert(end > 3);
  const cases: [key: string, from: number, to: number][] = [
    ["down", 0, 1],
    ["j", end, end],
    ["up", 3, 2],
    ["k", 0, 0],
    ["space", 0, Math.min(shown - 1, end)],
    ["pagedown", end, end],
    ["pageup", end, Math.max(end - shown + 1, 0)],
    ["home", end, 0],
    ["end", 0, end],
  ];
  for (const [key, from, to] of cases) {
    assertEquals(press80(key, { scroll: from }).ui.scroll, to, key);
  }
});

Deno.test("press() goes to the step selected in the list", () => {
  const opened = press80("l").ui;
  assertEquals(opened.chosen, 1);
  const chosen = press80("down", opened).ui;
  assertEquals(press80("down", chosen).ui.chosen, 2);
  const { ui, effect } = press80("return", chosen);
  assertEquals([ui.page, effect], ["step", { act: { goto: "logs" } }]);
  assertEquals(press80("escape", chosen).ui.page, "step");
});

Deno.test("press() answers the question that is shown with a digit", () => {
  const opened = press80("a").ui;
  assertEquals(press80("2", opened).effect, { act: { answer: { question: "one", choice: 1 } } });
  assertEquals(press80("3", opened).effect, undefined);
  const second = press80("right", opened).ui;
  assertEquals(press80("3", second).effect, { act: { answer: { question: "two", choice: 2 } } });
  const shown = frame(fullView(), second, CANVAS).join("\n");
  assertStringIncludes(shown, "Not right\n No.");
});

Deno.test("follow() begins with the top of a new step, and with what was asked for in the same", () => {
  const view = fullView();
  const scrolled: Ui = { ...FIRST_UI, scroll: 5, asks: "solve" };
  const other = { ...view, step: { ...view.step, id: "other" } };
  assertEquals(follow(scrolled, view, other), FIRST_UI);
  assertEquals(
    follow(scrolled, view, { ...view, hints: [...view.hints, { title: "3", text: "3" }] }).scroll,
    "hints",
  );
  assertEquals(follow(scrolled, view, { ...view, answer: "So." }).scroll, 5);
  assertEquals(follow(scrolled, view, { ...view, isPassed: true }).scroll, 5);
});

Deno.test("canDraw() holds only where keys can be read and escape codes work", () => {
  const good: TerminalFacts = {
    isInputTerminal: true,
    isOutputTerminal: true,
    size: { columns: 80, rows: 24 },
    env: { TERM: "xterm-256color" },
    os: "linux",
    isStandalone: true,
  };
  const windows: TerminalFacts = { ...good, os: "windows", env: {} };
  const cases: [facts: TerminalFacts, expected: boolean][] = [
    [good, true],
    [{ ...good, env: {} }, true],
    [{ ...good, isInputTerminal: false }, false],
    [{ ...good, isOutputTerminal: false }, false],
    [{ ...good, env: { TERM: "dumb" } }, false],
    [{ ...good, size: undefined }, false],
    [{ ...good, size: { columns: 0, rows: 0 } }, false],
    [windows, false],
    [{ ...windows, isStandalone: false }, true],
    [{ ...windows, env: { WT_SESSION: "0d8d" } }, true],
    [{ ...windows, env: { ConEmuANSI: "ON" } }, true],
    [{ ...windows, env: { ConEmuANSI: "OFF" } }, false],
    [{ ...windows, env: { TERM_PROGRAM: "vscode" } }, true],
    [{ ...windows, env: { TERM: "cygwin" } }, true],
  ];
  for (const [facts, expected] of cases) {
    assertEquals(canDraw(facts), expected, JSON.stringify(facts));
  }
});
