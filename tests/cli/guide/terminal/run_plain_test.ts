import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { readCommand } from "../../../../lib/cli/guide/terminal/commands.ts";
import { changesText } from "../../../../lib/cli/guide/terminal/plain_text.ts";
import { runPlainGuide } from "../../../../lib/cli/guide/terminal/run_plain.ts";
import type { GuideView } from "../../../../lib/guests/guide.ts";
import { within } from "../../../helpers/patience.ts";
import { startTestGuide, type TestGuide } from "../../../helpers/test_guide.ts";

const NEVER = new AbortController().signal;

/** The view of a guide that has finished checking. */
const DECIDED: Partial<GuideView> = {
  conditions: [{ id: "one", says: "One", state: "failed", found: "nothing" }],
};

const QUIZ = [
  { id: "one", asks: "What is it?", choices: ["This", "That"], isRight: true, why: "Yes." },
  { id: "two", asks: "And why?", choices: ["So", "Or so"] },
];

/** Runs the plain guide with these lines as input until it ends, and returns its output. */
async function runPlain(
  lines: readonly string[],
  { guide = startTestGuide(DECIDED), diff = () => Promise.resolve([]) }: {
    guide?: TestGuide;
    diff?: Parameters<typeof runPlainGuide>[1]["diff"];
  } = {},
): Promise<string> {
  const written: string[] = [];
  await runPlainGuide(guide.handlers, {
    output: { data: (line) => written.push(line) > 0, status: () => {} },
    input: ReadableStream.from([new TextEncoder().encode(lines.join("\n"))]),
    stop: NEVER,
    diff,
  });
  return written.join("\n");
}

Deno.test("runPlainGuide() tells the step, and at the end of the input where it stands", async () => {
  const guide = startTestGuide({ ...DECIDED, pageUrl: "http://127.0.0.1:4319" });
  const written = await runPlain([], { guide });
  assertStringIncludes(written, "Step 10/17  See the manual app  (10 min)\n\nSend both requests:");
  assertStringIncludes(written, "Jaeger: look for `root`.");
  assertStringIncludes(written, "\nIn a browser: http://127.0.0.1:4319\n");
  assert(written.endsWith("[not yet]\nChecks\ntodo  One\n      nothing"));
  assert(!written.includes("\x1b"));
});

Deno.test("runPlainGuide() takes letters and words, in their order", async () => {
  const guide = startTestGuide(DECIDED);
  await runPlain(["n", "back", "", "C", "hint", "l 7", "list logs", "s y", "reset yes"], { guide });
  assertEquals(guide.actions, [
    { do: "next" },
    { do: "back" },
    { do: "check" },
    { do: "hint" },
    { goto: "test-base" },
    { goto: "logs" },
    { do: "solve" },
    { do: "reset" },
  ]);
});

Deno.test("runPlainGuide() ends at q, whatever follows", async () => {
  const guide = startTestGuide(DECIDED);
  const written = await runPlain(["quit", "n"], { guide });
  assertEquals(guide.actions, []);
  assert(!written.includes("[not yet]"));
});

Deno.test("runPlainGuide() does what writes files only once it is confirmed", async () => {
  const guide = startTestGuide({ ...DECIDED, hasFolder: true });
  const written = await runPlain(["s", "n", "s", "y", "r", "yes"], { guide });
  assertEquals(guide.actions, [{ do: "solve" }, { do: "reset" }]);
  assertStringIncludes(
    written,
    "This applies the solution and writes to your folder. Continue? y/n",
  );
  assertStringIncludes(written, "Nothing was done");
});

Deno.test("runPlainGuide() lists steps, words, questions and the diff", async () => {
  const step = { ...startTestGuide().view.step, quiz: QUIZ };
  const diff = (stepId: string) =>
    Promise.resolve([{
      fromFile: "your manual.ts",
      toFile: "the solution",
      lines: [
        { kind: "removed" as const, text: "base" },
        { kind: "added" as const, text: stepId },
      ],
    }]);
  const written = await runPlain(["l", "?", "a", "d"], {
    guide: startTestGuide({ ...DECIDED, step }),
    diff,
  });
  assertStringIncludes(written, "\nBonus\n   22         From a log record to its trace (6 min)\n");
  assertStringIncludes(written, "\n   10  here   See the manual app (10 min)\n");
  assertStringIncludes(written, "\nc  check     Check the step again");
  assertStringIncludes(
    written,
    "1. What is it?\n     1  This\n     2  That\nRight: Yes.\n2. And why?",
  );
  assertStringIncludes(
    written,
    "From your manual.ts to the solution: +1 −1 lines\n-base\n+see-manual",
  );
});

Deno.test("runPlainGuide() says what cannot be done, and goes on", async () => {
  const guide = startTestGuide(DECIDED);
  guide.refusal = "Wait a moment";
  const written = await runPlain(["n", "zz", "l 99", "a 1", "l"], { guide });
  for (
    const text of [
      "\nWait a moment\n",
      'Unknown command "zz"',
      'Cannot go to step "99"',
      "has no questions",
      "Test the base app (6 min)",
    ]
  ) assertStringIncludes(written, text);
});

Deno.test("runPlainGuide() waits after the input until it is decided what is looked for", async () => {
  const guide = startTestGuide({ waiting: { says: ["a span"], until: Date.now() + 60_000 } });
  const { promise: subscribed, resolve } = Promise.withResolvers<void>();
  let listeners = 0;
  const { subscribe } = guide.handlers;
  guide.handlers.subscribe = (listener) => {
    // The second listener subscribes once the input has ended.
    if (++listeners === 2) resolve();
    return subscribe(listener);
  };
  const running = runPlain([], { guide });
  await within(subscribed, "the second look at the guide");
  guide.change(DECIDED);
  assertStringIncludes(await running, "[not yet]\nChecks\ntodo  One");
});

Deno.test("runPlainGuide() waits no longer than the guide does", async () => {
  const written = await runPlain([], {
    guide: startTestGuide({ waiting: { says: ["a span"], until: Date.now() - 1 } }),
  });
  assertStringIncludes(written, "[not yet]");
});

Deno.test("runPlainGuide() ends when it is stopped, in the middle of an action, too", async () => {
  const guide = startTestGuide();
  const stop = new AbortController();
  guide.handlers.act = () => {
    stop.abort();
    return new Promise(() => {});
  };
  await runPlainGuide(guide.handlers, {
    output: { data: () => true, status: () => {} },
    // The input never ends.
    input: new ReadableStream({ start: (c) => c.enqueue(new TextEncoder().encode("c\n")) }),
    stop: stop.signal,
    diff: () => Promise.resolve([]),
  });
});

Deno.test("runPlainGuide() ends when nobody reads what it tells", async () => {
  const guide = startTestGuide();
  await runPlainGuide(guide.handlers, {
    output: { data: () => false, status: () => {} },
    input: new ReadableStream(),
    stop: NEVER,
    diff: () => Promise.resolve([]),
  });
  assertEquals(guide.actions, []);
});

Deno.test("changesText() tells each thing once, and nothing when only time goes by", () => {
  const { view } = startTestGuide();
  const until = 10_000;
  const waiting = { ...view, waiting: { says: ["a span"], until } };
  assertEquals(changesText(view, view, 0), []);
  assertEquals(changesText(view, waiting, 0), ["Waiting up to 10 s for: a span"]);
  assertEquals(
    changesText(waiting, { ...waiting, waiting: { says: ["a span"], until: 12_000 } }, 3),
    [],
  );
  assertEquals(
    changesText(view, {
      ...view,
      conditions: [view.conditions[0]!, {
        ...view.conditions[1]!,
        state: "passed",
        found: "",
        evidence: { text: "it arrived", traceId: "abc" },
      }],
    }, 0),
    ["ok    The span of /error has status ERROR and an exception", "      it arrived (trace abc)"],
  );
  const brokenLink = { name: "exporter", found: "it sends to 4317", fix: "Set 4318" };
  assertEquals(changesText(view, { ...view, brokenLink }, 0), [
    "First broken link: exporter",
    "      it sends to 4317",
    "      Set 4318",
  ]);
  assertEquals(
    changesText(view, { ...view, hints: [{ title: "Hint 1 of 3", text: "Is it there?" }] }, 0),
    [
      "Hint 1 of 3:",
      "Is it there?",
    ],
  );
  assertEquals(changesText(view, { ...view, isPassed: true, answer: "The app." }, 0), [
    "Passed. Press n for step 22, From a log record to its trace",
    "Who set the error status?",
    "The app.",
  ]);
  const solution = { state: "running" as const, lines: ["wrote manual.ts"] };
  assertEquals(changesText(view, { ...view, solution }, 0), ["  wrote manual.ts"]);
});

Deno.test("readCommand() answers the first open question, or the one that is named", () => {
  const { view } = startTestGuide();
  const asked = { ...view, step: { ...view.step, quiz: QUIZ } };
  const answer = (question: string, choice: number) => ({ act: { answer: { question, choice } } });
  assertEquals(readCommand("a 1", asked), answer("two", 0));
  assertEquals(readCommand("answer 1 2", asked), answer("one", 1));
  assertEquals(readCommand("a 3", asked), {
    refuse: 'Cannot answer with "3": expected a number up to 2',
  });
  assertEquals(readCommand("a 5 1", asked), { refuse: 'Cannot answer question "5": there are 2' });
});
