import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { parseFlags } from "../../../../lib/cli/flags/flags.ts";
import { GUIDE_FLAGS } from "../../../../lib/cli/guide/guide_flags.ts";
import { LiveGuide, type LiveGuideOptions } from "../../../../lib/cli/guide/live/live_guide.ts";
import { openSession, type Session } from "../../../../lib/cli/guide/session.ts";
import type { GuideView } from "../../../../lib/guests/guide.ts";
import { learnerInFileOrder } from "../../../helpers/quiz_order.ts";
import { CANARY_SERVICE } from "../../../../lib/workshop/backends/own_traffic.ts";
import { courseFile, stepFile } from "../../../helpers/course.ts";
import { withFolder } from "../../../helpers/folder.ts";
import { testWith } from "../../../helpers/needs.ts";
import { type FakeBackends, startFakeBackends } from "../../../helpers/workshop_backends.ts";

const NEEDS = ["net", "env", "read", "write"] as const;
/** A test that waits longer for a view fails. */
const PATIENCE_MS = 30_000;

/** A step that passes once its question is answered. */
function quizStep(name: string, question: string) {
  return stepFile(name, {
    conditions: [{ id: "knows", says: "You know", quiz: { questions: [question], correct: 1 } }],
    solution: [{ answer: { quiz: [question] } }],
  });
}

const QUIZ = ["one", "two"].map((id) => ({
  id,
  topic: "basics",
  asks: "Why?",
  choices: [{ text: "No", why: "It is not." }, { text: "Because", right: true, why: "So." }],
}));

const VALID = new URL("../../../../collector-demo/otel-collector-config.yaml", import.meta.url);

/** Steps with questions, a span that never arrives, and a file. */
const FILES = [
  courseFile({ quiz: QUIZ }),
  quizStep("01-first.yaml", "one"),
  quizStep("02-second.yaml", "two"),
  stepFile("03-span.yaml", {
    conditions: [{ id: "arrives", says: "A span arrives", trace: { service: "shop" } }],
  }),
  stepFile("05-both.yaml", {
    conditions: [
      { id: "answers", says: "/ answers 200", http: { path: "/", status: 200 } },
      { id: "arrives", says: "A span arrives", trace: { service: "shop" } },
    ],
  }),
  stepFile("04-file.yaml", {
    conditions: [{
      id: "valid",
      says: "It is valid",
      file: { path: "c.yaml", exists: true, valid: "collector-config" },
    }],
  }),
];

interface Room {
  guide: LiveGuide;
  session: Session;
  fake: FakeBackends;
  /** The learner's folder, and the progress file. */
  dir: string;
  progress: string;
  stopApp(): Promise<void>;
  /** Resolves with the first view that matches. */
  seen(isWanted: (view: GuideView) => boolean): Promise<GuideView>;
}

async function withGuide(
  use: (room: Room) => Promise<void>,
  { answer = () => new Response("Hello"), ...options }:
    & { answer?: () => Response | Promise<Response> }
    & LiveGuideOptions = {},
): Promise<void> {
  await withFolder(async (folder) => {
    const dir = `${folder}/mine`;
    await Deno.mkdir(dir);
    for (const { name, text } of FILES) await Deno.writeTextFile(`${folder}/${name}`, text);
    const where = { port: 0, hostname: "127.0.0.1", onListen: () => {} };
    await using app = Deno.serve(where, answer);
    await using fake = startFakeBackends();
    const progress = `${folder}/progress.json`;
    const flags = [
      `--course=${folder}`,
      `--progress=${progress}`,
      `--dir=${dir}`,
      `--app-url=http://127.0.0.1:${app.addr.port}`,
    ];
    const session = await openSession(parseFlags(flags, GUIDE_FLAGS).flags, () => {});
    session.backends = fake.backends;
    await session.update((progress) => progress.learner = learnerInFileOrder(["one", "two"]));
    await using guide = new LiveGuide(session, new AbortController().signal, options);
    await guide.start();
    await use({
      guide,
      session,
      fake,
      dir,
      progress,
      stopApp: () => app.shutdown(),
      seen: (isWanted) =>
        new Promise((resolve, reject) => {
          const patience = setTimeout(() => {
            reject(new Error(`No such view, but: ${JSON.stringify(guide.view())}`));
          }, PATIENCE_MS);
          const look = (view: GuideView) => {
            if (!isWanted(view)) return;
            clearTimeout(patience);
            listening[Symbol.dispose]();
            resolve(view);
          };
          const listening = guide.subscribe(look);
          look(guide.view());
        }),
    });
  });
}

testWith(NEEDS, "simultaneous requests to a live guide are processed in order", async () => {
  await withGuide(async ({ guide, session }) => {
    const work = [guide.act({ do: "next" }), guide.act({ do: "solve" })];
    assertEquals(guide.view().busy, "solve");
    await Promise.all(work);
    const { step, solution, busy } = guide.view();
    assertEquals([step.id, busy], ["second", undefined]);
    assertEquals(solution, { state: "passed", lines: ["answer two"] });
    assertEquals(session.progress.answers, { two: true });
  });
});

testWith(NEEDS, "an answer counts for the step that is shown when it is processed", async () => {
  await withGuide(async ({ guide, session }) => {
    const going = guide.act({ do: "next" });
    const answer = { question: "one", choice: 1 };
    await assertRejects(() => guide.act({ answer }), Error, "this step doesn't have it");
    await going;
    assertEquals(session.progress.answers, {});
    await Promise.all([
      guide.act({ do: "back" }),
      guide.act({ answer }),
      guide.act({ do: "hint" }),
    ]);
    assertEquals(guide.view().step.id, "first");
    assertEquals(guide.view().hints.length, 1);
    assertEquals(session.progress.answers, { one: true });
  });
});

testWith(NEEDS, "steps requested one after another are all visited", async () => {
  await withGuide(async ({ guide }) => {
    const next = () => guide.act({ do: "next" });
    await Promise.all([next(), next(), next(), next()]);
    assertEquals(guide.view().step.id, "both");
    await assertRejects(() => Promise.all([next(), guide.act({ do: "back" })]), Error, "last step");
  });
});

testWith(NEEDS, "a live guide does nothing after it has ended", async () => {
  await withGuide(async ({ guide, session }) => {
    const work = [guide.act({ do: "next" }), guide.act({ do: "next" })];
    const settled = Promise.allSettled(work);
    await guide[Symbol.asyncDispose]();
    assertEquals((await settled).map(({ status }) => status), ["rejected", "rejected"]);
    assertEquals(session.find().id, "first");
  });
});

testWith(
  NEEDS,
  "a live guide looks again when the app has stopped, and no condition contradicts it",
  async () => {
    await withGuide(async ({ guide, seen, stopApp }) => {
      await guide.act({ goto: "both" });
      const silent = await seen(({ brokenLink }) => brokenLink !== undefined);
      assertEquals(silent.brokenLink?.name, "exporter");
      assert(silent.brokenLink?.foundAt !== undefined);
      await stopApp();
      const gone = await seen(({ brokenLink }) => brokenLink?.name === "app");
      for (const { id, state } of gone.conditions) assert(state !== "passed", id);
    }, { climbAfterMillis: 0 });
  },
);

testWith(
  NEEDS,
  "a live guide continues only once all work for the previous step has ended",
  async () => {
    const asked = Promise.withResolvers<void>();
    const released = Promise.withResolvers<void>();
    await withGuide(async ({ guide, session, fake }) => {
      await guide.act({ goto: "span" });
      // The first rung of the ladder is being checked, and the app hasn't answered yet.
      await asked.promise;
      const order: string[] = [];
      const going = guide.act({ do: "next" }).then(() => order.push("next"));
      // If it didn't wait, this would be long enough to go: progress is read and written in the same way.
      await session.update(() => {});
      await session.update(() => {});
      order.push("answered");
      released.resolve();
      await going;
      assertEquals(order, ["answered", "next"]);
      assertEquals(guide.view().brokenLink, undefined);
      assert(fake.spans.every(({ service }) => service !== CANARY_SERVICE));
    }, {
      climbAfterMillis: 0,
      async answer() {
        asked.resolve();
        await released.promise;
        return new Response("Hello");
      },
    });
  },
);

testWith(NEEDS, "a failed check neither stops the checks nor remains reported", async () => {
  await withGuide(async ({ guide, dir, seen }) => {
    await Deno.mkdir(`${dir}/c.yaml`);
    await guide.act({ goto: "file" });
    const { problem } = await seen(({ problem }) => problem !== undefined);
    assertStringIncludes(problem!, "Cannot check the step: Is a directory");
    await Deno.remove(`${dir}/c.yaml`);
    const missing = await seen(({ problem }) => problem === undefined);
    assertStringIncludes(missing.conditions[0]!.found, "c.yaml is not in");
    await Deno.copyFile(VALID, `${dir}/c.yaml`);
    const passed = await seen(({ isPassed }) => isPassed);
    assertEquals(passed.problem, undefined);
  });
});

testWith(
  NEEDS,
  "unusable progress is reported while it lasts, and the checks continue",
  async () => {
    await withGuide(async ({ guide, progress, dir, seen }) => {
      await guide.act({ goto: "file" });
      await Deno.copyFile(progress, `${progress}.aside`);
      await Deno.writeTextFile(`${progress}.newer`, JSON.stringify({ format: 99 }));
      await Deno.rename(`${progress}.newer`, progress);
      await assertRejects(() => guide.act({ do: "back" }), Error, "a newer otel-kit wrote it");
      assertEquals(guide.view().step.id, "file");
      await Deno.copyFile(VALID, `${dir}/c.yaml`);
      await seen(({ conditions: [valid] }) => valid?.state === "passed");
      await Deno.rename(`${progress}.aside`, progress);
      await guide.act({ do: "hint" });
      await seen(({ isPassed, problem }) => isPassed && problem === undefined);
    });
  },
);
