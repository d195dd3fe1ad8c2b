import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { courseFile, stepFile } from "../../helpers/course.ts";
import { skipTime } from "../../helpers/fake_time.ts";
import { withFolder } from "../../helpers/folder.ts";
import { testWith } from "../../helpers/needs.ts";
import { runHere, runHereUntil } from "../../helpers/run_here.ts";
import { isOpen } from "../../../lib/workshop/conditions/port.ts";
import { fromSources, spawn } from "../../helpers/program.ts";
import { freePort } from "../../helpers/ports.ts";
import { type FakeBackends, startFakeBackends, told } from "../../helpers/workshop_backends.ts";

const NEEDS = ["net", "env", "read", "write"] as const;
const SHOP = "shop";

const QUESTION = {
  id: "why",
  topic: "basics",
  asks: "Why?",
  choices: [{ text: "Because", right: true, why: "So." }, { text: "No", why: "It is not." }],
};

/** A course with three steps: an app that answers, its spans, and a question. */
const FILES = [
  courseFile({ quiz: [QUESTION] }),
  stepFile("01-answer.yaml"),
  stepFile("02-see.yaml", {
    conditions: [{
      id: "arrives",
      says: "A span arrives",
      fails: { "no-service": "Start the shop." },
      within: "100ms",
      trace: { service: SHOP },
    }],
  }),
  stepFile("03-know.yaml", {
    conditions: [{ id: "knows", says: "You know", quiz: { questions: ["why"], correct: 1 } }],
    solution: [{ answer: { quiz: ["why"] } }],
  }),
];

interface Classroom {
  fake: FakeBackends;
  progress: string;
  guide(...args: string[]): ReturnType<typeof runHere>;
}

/** Provides a learner with a course, an app that answers, and all backends. */
async function withClassroom(use: (room: Classroom) => Promise<void>): Promise<void> {
  using _time = skipTime();
  await withFolder(async (folder) => {
    for (const { name, text } of FILES) await Deno.writeTextFile(`${folder}/${name}`, text);
    await using app = Deno.serve(
      { port: 0, hostname: "127.0.0.1", onListen: () => {} },
      () => new Response("Hello"),
    );
    await using fake = startFakeBackends();
    const url = fake.backends.jaegerUrl;
    const progress = `${folder}/data/progress.json`;
    await use({
      fake,
      progress,
      guide: (...args) =>
        runHereUntil(
          new AbortController().signal,
          "guide",
          ...["collector", "jaeger", "zipkin", "prometheus"].map((name) => `--${name}-url=${url}`),
          `--collector-metrics-url=${url}/metrics`,
          `--app-url=http://127.0.0.1:${app.addr.port}`,
          `--course=${folder}`,
          `--progress=${progress}`,
          ...args,
        ),
    });
  });
}

testWith(
  NEEDS,
  "guide goes from a passed step to the next one, and shows the evidence",
  async () => {
    await withClassroom(async ({ guide, fake }) => {
      assertStringIncludes((await guide()).data, "Step 1/3  See it");
      const passed = await guide("check");
      assertEquals(passed.code, 0);
      assertMatch(passed.data, /^ ok {4}\/ answers 200\n {7}the app answered \/ with 200$/m);
      assertMatch(passed.data, /^Next: Step 2\/3/m);

      fake.spans.push(told({ service: SHOP }));
      const seen = JSON.parse((await guide("check", "--json")).data);
      assertEquals([seen.passed, seen.step.id], [true, "see"]);
      assertEquals(seen.outcomes[0].evidence.traceId, fake.spans[0]?.traceId);
      const { current, steps } = JSON.parse((await guide("list", "--json")).data);
      assertEquals(current, "know");
      assertEquals(steps.map(({ state }: { state: string }) => state), ["shown", "shown", "begun"]);
    });
  },
);

testWith(
  NEEDS,
  "guide check exits with 1, and shows the course's advice and the broken link",
  async () => {
    await withClassroom(async ({ guide, fake }) => {
      await guide("goto", "2");
      const { code, data, status } = await guide("check");
      assertEquals(code, 1, data);
      assertEquals(status, "Waiting for: A span arrives (up to 1 s)");
      assertMatch(
        data,
        /^ todo {2}A span arrives\n {7}services in Jaeger: none\n {7}Start the shop\.$/m,
      );
      assertMatch(data, /^First broken link: exporter$/m);
      fake.spans.push(told({ service: "unknown_service" }));
      assertMatch((await guide("check", "see")).data, /^First broken link: service-name$/m);
    });
  },
);

testWith(NEEDS, "guide check exits with 3 if the Collector is not running", async () => {
  await withClassroom(async ({ guide }) => {
    const away = `--collector-url=http://127.0.0.1:${freePort()}`;
    const { code, data } = await guide("check", "see", "--json", away);
    assertEquals(code, 3, data);
    assertEquals(JSON.parse(data).ladder.at(-1).name, "receiver");
  });
  await withClassroom(async ({ guide, fake }) => {
    fake.isKeeping = false;
    const { code, data } = await guide("check", "see", "--json");
    assertEquals(code, 3, data);
    assertEquals(JSON.parse(data).ladder.at(-1).name, "collector-exporter");
  });
});

testWith(NEEDS, "guide ignores telemetry older than the step", async () => {
  await withClassroom(async ({ guide, fake }) => {
    fake.spans.push(told({ service: SHOP, startTimeUnixNano: `${Date.now() - 60_000}000000` }));
    const { outcomes } = JSON.parse((await guide("check", "see", "--json")).data);
    assertEquals(outcomes[0].reason, "no-trace");
  });
});

testWith(
  NEEDS,
  "guide hint goes from a question to the exact change, and stays there",
  async () => {
    await withClassroom(async ({ guide }) => {
      const levels = [];
      for (let i = 0; i < 4; i++) levels.push((await guide("hint", "1")).data);
      assertEquals(levels[0], "Hint 1 of 3: Is it there?");
      assertEquals(levels.slice(2), Array(2).fill("Hint 3 of 3: Start it."));
    });
  },
);

testWith(NEEDS, "guide solve answers, reset forgets, and check --all counts", async () => {
  await withClassroom(async ({ guide, fake }) => {
    assertEquals((await guide("check", "know")).code, 1);
    const solved = await guide("solve", "know");
    assertEquals([solved.code, solved.status], [0, "  answer why"]);
    assertEquals((await guide("check", "know")).code, 0);
    assertEquals((await guide("check", "--all")).code, 1);
    await guide("check", "answer");
    await guide("goto", "see");
    fake.spans.push(told({ service: SHOP }));
    assertEquals((await guide("check", "--all")).code, 0);

    assertStringIncludes((await guide("reset", "know")).data, "Reset: know");
    assertEquals((await guide("check", "know")).code, 1);
    await guide("reset", "--all");
    const { current, steps } = JSON.parse((await guide("list", "--json")).data);
    assertEquals(current, "answer");
    assert(steps.every(({ state }: { state: string }) => state === ""));
  });
});

testWith(
  NEEDS,
  "guide keeps progress of a newer version, and moves unreadable progress aside",
  async () => {
    await withClassroom(async ({ guide, progress }) => {
      await guide();
      await Deno.writeTextFile(progress, '{"format":2}');
      const newer = await guide("check");
      assertEquals(newer.code, 1);
      assertStringIncludes(newer.status, "a newer otel-kit wrote it");
      assertEquals(await Deno.readTextFile(progress), '{"format":2}');
      await Deno.writeTextFile(progress, "{");
      assertMatch((await guide()).status, /can't be read\. It was moved to .*\.broken-\w{8}/);
    });
  },
);

testWith(NEEDS, "guide reports where progress cannot be stored, and what to do", async () => {
  await withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/file`, "");
    const { code, status } = await runHere("guide", `--progress=${folder}/file/progress.json`);
    assertEquals(code, 1);
    assertStringIncludes(status, `Cannot save progress in ${folder}/file/progress.json: `);
    assertStringIncludes(status, "Set another file with --progress");
  });
});

testWith(NEEDS, "guide explains an invalid command line, and exits with 2", async () => {
  await withClassroom(async ({ guide }) => {
    for (
      const [args, message] of [
        [["x"], 'Unknown word "x": expected one of list, show'],
        [["check", "9"], 'Unknown step "9": expected a number up to 3, or an id such as know'],
        [["check", "1", "2"], 'Cannot use "2": expected one step at most'],
        [["show", "--all"], "Cannot use --all here"],
      ] as const
    ) {
      const { code, status } = await guide(...args);
      assertEquals(code, 2, status);
      assertStringIncludes(status, message);
    }
  });
  const broken = await runHere("guide", "--course=/nowhere", "--progress=/nowhere/p.json");
  assertEquals(broken.code, 2);
  assertStringIncludes(broken.status, "there is no such folder");
  const url = await runHere("guide", "--jaeger-url=jaeger:16686");
  assertStringIncludes(url.status, 'Cannot use --jaeger-url "jaeger:16686": expected an address');
});

testWith(NEEDS, "guide has its own course of at least seventeen steps", async () => {
  await withFolder(async (folder) => {
    const { code, data } = await runHere("guide", "list", "--json", `--progress=${folder}/p.json`);
    assertEquals(code, 0);
    assert(JSON.parse(data).steps.length > 17);
  });
});

testWith(
  [...NEEDS, "run", "signals"],
  "Ctrl-C in guide solve leaves no app and no bound port behind",
  async () => {
    await withFolder(async (folder) => {
      await using fake = startFakeBackends();
      const port = freePort();
      const url = fake.backends.jaegerUrl;
      const program = spawn([
        "guide",
        "solve",
        "test-base",
        `--app-url=http://127.0.0.1:${port}`,
        `--jaeger-url=${url}`,
        `--collector-url=${url}`,
        `--progress=${folder}/progress.json`,
      ], { launch: fromSources("main.ts", ["run", "write"]) });
      await program.waitFor("stderr", "wait for greets");
      assertEquals(await isOpen(port), true);
      const { code } = await program.stop("SIGINT");
      assertEquals(code, 1);
      assertEquals(await isOpen(port), false);
    });
  },
);
