import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { LiveGuide } from "../../../../lib/cli/guide/live/live_guide.ts";
import { openSession } from "../../../../lib/cli/guide/session.ts";
import { GUIDE_FLAGS } from "../../../../lib/cli/guide/guide_flags.ts";
import { parseFlags } from "../../../../lib/cli/flags/flags.ts";
import { isOpen } from "../../../../lib/workshop/conditions/port.ts";
import type { GuideView } from "../../../../lib/guests/guide.ts";
import { courseFile, stepFile } from "../../../helpers/course.ts";
import { withFolder } from "../../../helpers/folder.ts";
import { testWith } from "../../../helpers/needs.ts";
import { within } from "../../../helpers/patience.ts";
import { poll } from "../../../helpers/poll.ts";
import { runHere } from "../../../helpers/run_here.ts";
import { freePort } from "../../../helpers/ports.ts";
import { learnerInFileOrder } from "../../../helpers/quiz_order.ts";
import { type FakeBackends, startFakeBackends, told } from "../../../helpers/workshop_backends.ts";

const NEEDS = ["net", "env", "read", "write"] as const;
const SHOP = "shop";
const WHY = {
  id: "why",
  topic: "basics",
  asks: "Why?",
  choices: [{ text: "No", why: "It is not." }, { text: "Because", right: true, why: "So." }],
};

/** Two steps: the spans of an app that answers, and a question. */
const FILES = [
  courseFile({ quiz: [WHY] }),
  stepFile("01-see.yaml", {
    conditions: [
      { id: "answers", says: "/ answers 200", http: { path: "/", status: 200 } },
      { id: "arrives", says: "A span arrives", trace: { service: SHOP } },
    ],
  }),
  stepFile("03-run.yaml", {
    conditions: [{ id: "never", says: "A span arrives", trace: { service: "nobody" } }],
    solution: [{ start: { mode: "base" } }, { wait: ["never"] }],
  }),
  stepFile("02-know.yaml", {
    conditions: [{ id: "knows", says: "You know", quiz: { questions: ["why"], correct: 1 } }],
    solution: [{ answer: { quiz: ["why"] } }],
  }),
];

interface LiveRoom {
  /** The port on which the guide starts apps. */
  freePort: number;
  guide: LiveGuide;
  fake: FakeBackends;
  /** The same learner in another terminal. */
  elsewhere(...args: string[]): ReturnType<typeof runHere>;
  /** Resolves with the first view that matches. */
  seen(isWanted: (view: GuideView) => boolean): Promise<GuideView>;
}

async function withLiveGuide(
  use: (room: LiveRoom) => Promise<void>,
  { hasApp = true }: { hasApp?: boolean } = {},
): Promise<void> {
  await withFolder(async (folder) => {
    for (const { name, text } of FILES) await Deno.writeTextFile(`${folder}/${name}`, text);
    const address = { port: 0, hostname: "127.0.0.1", onListen: () => {} };
    await using app = hasApp ? Deno.serve(address, () => new Response("Hello")) : undefined;
    const port = app?.addr.port ?? freePort();
    await using fake = startFakeBackends();
    const flags = [`--course=${folder}`, `--progress=${folder}/data/progress.json`];
    const where = [`--app-url=http://127.0.0.1:${port}`];
    const session = await openSession(
      parseFlags([...flags, ...where], GUIDE_FLAGS).flags,
      () => {},
    );
    session.backends = fake.backends;
    await session.update((progress) => progress.learner = learnerInFileOrder([WHY.id]));
    await using guide = new LiveGuide(session, new AbortController().signal);
    await guide.start();
    await use({
      freePort: port,
      guide,
      fake,
      elsewhere: (word = "", ...args) => runHere(word, ...args, ...flags),
      async seen(isWanted) {
        const { promise, resolve } = Promise.withResolvers<GuideView>();
        const look = (view: GuideView) => isWanted(view) && resolve(view);
        using _listening = guide.subscribe(look);
        look(guide.view());
        const what = () => `a view with ${isWanted}; it is ${Deno.inspect(guide.view())}`;
        return await within(promise, what);
      },
    });
  });
}

testWith(
  NEEDS,
  "a live guide notices arriving telemetry itself, and keeps showing the step",
  async () => {
    await withLiveGuide(async ({ guide, fake, seen }) => {
      const waiting = await seen(({ conditions: [answers] }) => answers?.state === "passed");
      assertEquals(waiting.conditions.map(({ state }) => state), ["passed", "waiting"]);
      assertEquals(waiting.isPassed, false);
      assertEquals(waiting.waiting?.says, ["A span arrives"]);
      assertEquals(waiting.answer, undefined);

      const span = told({ service: SHOP });
      fake.spans.push(span);
      const passed = await seen(({ isPassed }) => isPassed);
      assertEquals(passed.step.id, "see");
      assertEquals(passed.conditions[1]?.evidence?.traceId, span.traceId);
      assertEquals(passed.answer, "Because.");
      await seen(({ step }) => step.state === "shown");

      await assertRejects(() => guide.act({ do: "diff" }), Error, "it changes no code");
      await guide.act({ do: "next" });
      assertEquals(guide.view().step.id, "know");
      await guide.act({ do: "back" });
      const again = guide.view();
      assert(again.isPassed);
      assertEquals(again.conditions[1]?.evidence?.traceId, span.traceId);
    });
  },
);

testWith(NEEDS, "a live guide keeps counting after a condition is met", async () => {
  await withLiveGuide(async ({ fake, seen }) => {
    fake.spans.push(told({ service: SHOP }));
    await seen(({ isPassed }) => isPassed);
    fake.spans.push(told({ service: SHOP }), told({ service: SHOP }));
    await seen(({ conditions }) =>
      conditions.some(({ evidence }) => evidence?.text.endsWith("one of 3 traces") ?? false)
    );
  });
});

testWith(NEEDS, "a live guide reports the broken link when a check is requested", async () => {
  await withLiveGuide(async ({ guide }) => {
    await guide.act({ do: "check" });
    const { brokenLink, conditions } = guide.view();
    assertEquals(brokenLink?.name, "exporter");
    assertEquals(conditions.map(({ state }) => state), ["passed", "waiting"]);
  });
});

testWith(NEEDS, "a live guide asks questions, gives hints, solves and resets", async () => {
  await withLiveGuide(async ({ guide, seen }) => {
    await guide.act({ goto: "know" });
    await guide.act({ do: "hint" });
    await guide.act({ do: "hint" });
    assertEquals(guide.view().hints.map(({ text }) => text), ["Is it there?", "In the terminal."]);

    await guide.act({ answer: { question: "why", choice: 0 } });
    const [wrong] = guide.view().step.quiz;
    assertEquals([wrong?.isRight, wrong?.why], [false, "It is not."]);
    await guide.act({ answer: { question: "why", choice: 1 } });
    await seen(({ isPassed }) => isPassed);

    await guide.act({ do: "reset" });
    assertEquals(guide.view().isPassed, false);
    assertEquals(guide.view().hints, []);
    assertEquals(guide.view().step.quiz[0]?.isRight, undefined);

    await guide.act({ do: "solve" });
    const { solution, isPassed } = guide.view();
    assertEquals([solution, isPassed], [{ state: "passed", lines: ["answer why"] }, true]);
  });
});

testWith(NEEDS, "a live guide reports what it cannot do", async () => {
  await withLiveGuide(async ({ guide }) => {
    await assertRejects(() => guide.act({ do: "back" }), Error, "This is the first step");
    assertEquals(guide.view().problem, "This is the first step");
    await assertRejects(() => guide.act({ goto: "9" }), Error, 'Unknown step "9"');
    const answer = { question: "why", choice: 1 };
    await assertRejects(() => guide.act({ answer }), Error, "this step doesn't have it");
    await guide.act({ goto: "2" });
    assertEquals(guide.view().problem, undefined);
    await assertRejects(() => guide.act({ answer: { ...answer, choice: 2 } }), Error, "0 to 1");
    await guide.act({ do: "next" });
    await assertRejects(() => guide.act({ do: "next" }), Error, "This is the last step");
    const checking = guide.act({ do: "check" });
    await assertRejects(() => guide.act({ do: "hint" }), Error, "the guide is busy (check)");
    await checking;
  });
});

testWith(NEEDS, "a live guide follows changes made in another terminal", async () => {
  await withLiveGuide(async ({ elsewhere, seen }) => {
    const { code, status } = await elsewhere("guide", "goto", "know");
    assertEquals(code, 0, status);
    await seen(({ step }) => step.id === "know");
    const { data } = await elsewhere("quiz", "--answer", "why=2");
    assertStringIncludes(data, "1 of 1 right");
    await seen(({ isPassed }) => isPassed);
    await elsewhere("guide", "reset", "know");
    await seen(({ isPassed }) => !isPassed);
  });
});

testWith(
  [...NEEDS, "run", "sys"],
  "a live guide that ends during a solution stops the app that it started",
  async () => {
    await withLiveGuide(async ({ guide, freePort }) => {
      await guide.act({ goto: "run" });
      const solving = guide.act({ do: "solve" });
      const isUp = async () => await isOpen(freePort) ? { result: true } : {};
      await poll(isUp, `port ${freePort}`);
      await guide[Symbol.asyncDispose]();
      assertEquals(await isOpen(freePort), false);
      await solving;
    }, { hasApp: false });
  },
);
