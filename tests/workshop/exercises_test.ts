import { assertEquals } from "@std/assert";
import { EMBEDDED_COURSE, readLayer } from "../../lib/cli/guide/learner_files.ts";
import { createCollector } from "../../lib/collector/collector.ts";
import { type Backends, embeddedBackends } from "../../lib/workshop/backends/backends.ts";
import { asCalled } from "../../lib/workshop/course/fill_in.ts";
import { readCourse } from "../../lib/workshop/course/read_course.ts";
import { withFolder } from "../helpers/folder.ts";
import { areGranted, testIf, testWith } from "../helpers/needs.ts";
import { type Json, poll } from "../helpers/poll.ts";
import { Student } from "../helpers/student.ts";
import { PLACES } from "../helpers/workshop_places.ts";

const NEEDS = ["net", "env", "read", "write", "run", "sys"] as const;
const WORKSHOP = new URL("../../lib/workshop/", import.meta.url);
const ROOT = new URL("../../", import.meta.url);

const PACKAGE = "@otel-kit/instrumentation";

/** Exercises in their initial state, and what the step should report about them. */
const UNSOLVED: [file: string, stepId: string, reasons: Record<string, string[]>][] = [
  ["base.ts", "see-no-code", { "good-span": ["no-service", "no-trace"] }],
  ["manual.ts", "first-span", { sends: ["no-service", "no-trace"] }],
  ["middleware.ts", "middleware-code", { sends: ["wrong-kind"] }],
  ["shop.ts", "join-the-traces", { "one-trace": ["not-together"] }],
  ["orders.ts", "find-the-fault", { mended: ["no-span"] }],
];

/** The learner's files, and the steps that they should pass. */
const SOLVED: [file: string, stepIds: string[], isAuto: boolean][] = [
  [
    "manual.ts",
    ["first-span", "record-the-error", "flush-at-the-end", "test-manual", "see-manual"],
    false,
  ],
  ["middleware.ts", ["middleware-code", "test-middleware", "see-middleware"], false],
  ["base.ts", ["test-no-code", "see-no-code"], true],
];

const steps = areGranted(["read"]) ? (await readCourse(new URL("steps/", WORKSHOP))).steps : [];

testWith(["read"], "the learner's base app is identical to the project's", async () => {
  const learners = await Deno.readTextFile(new URL("template/base.ts", WORKSHOP));
  assertEquals(learners, await Deno.readTextFile(new URL("apps/base.ts", ROOT)));
});

testWith(
  ["read"],
  "no file of the learner's but the README names a command, whose name depends on the folder",
  async () => {
    const files = await readLayer({ courseFolder: EMBEDDED_COURSE }, "template");
    const named = files.filter(({ text }) => asCalled(text, "./otel-kit") !== text);
    assertEquals(named.map(({ path }) => path), ["README.md"]);
  },
);

testWith(["read"], "each numbered comment in manual.ts has a check with that number", async () => {
  const text = await Deno.readTextFile(new URL("template/manual.ts", WORKSHOP));
  const comments = [...text.matchAll(/^\/\/ (\d)\. \(Step (\d+[a-z])\)/gm)]
    .map(([, comment, step]) => `${step}: ${comment}`);
  const checks = steps.filter(({ number }) => /^8[a-z]$/.test(number)).flatMap((step) =>
    step.conditions.flatMap(({ says }) => {
      const [, comment] = /^(\d)\. /.exec(says) ?? [];
      return comment === undefined ? [] : `${step.number}: ${comment}`;
    })
  );
  assertEquals([...new Set(checks)], comments);
});

testWith(NEEDS, "the trace to look at is the one in the picture", async () => {
  const body = await Deno.readTextFile(new URL("template/waterfall.json", WORKSHOP));
  await using collector = await createCollector({
    httpPort: 0,
    grpcPort: 0,
    uiPort: 0,
    store: { maxTraces: 10, maxBytes: 64 * 1024 ** 2 },
  });
  const response = await fetch(`${embeddedBackends(collector).otlpHttpUrl}/v1/traces`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  });
  assertEquals([response.status, await response.text()], [200, "{}"]);
  const drawn = steps.find(({ id }) => id === "what-is-a-trace")!.text
    .matchAll(/^(\w+) +(?:└ )?([A-Z]+(?: \/\w+)?) .*?(\d+) ms$/gm);
  const sent = JSON.parse(body).resourceSpans.flatMap(
    ({ resource, scopeSpans }: Json) =>
      scopeSpans[0].spans.map(({ name, startTimeUnixNano, endTimeUnixNano }: Json) => [
        resource.attributes[0].value.stringValue,
        name,
        String((BigInt(endTimeUnixNano) - BigInt(startTimeUnixNano)) / 1_000_000n),
      ]),
  );
  assertEquals([...drawn].map(([, ...row]) => row), sent);
});

testWith(
  ["read"],
  "the learner's packages are those of the project, in the same versions",
  async () => {
    const read = async (url: URL) => JSON.parse(await Deno.readTextFile(url)).imports;
    const ours = await read(new URL("deno.json", ROOT));
    for (
      const [name, from] of Object.entries(await read(new URL("template/deno.json", WORKSHOP)))
    ) {
      if (!name.startsWith(PACKAGE)) assertEquals(from, ours[name], name);
    }
  },
);

testWith(["read"], "the learner's folder has our package, with all that it exports", async () => {
  const { imports } = JSON.parse(
    await Deno.readTextFile(new URL("template/deno.json", WORKSHOP)),
  ) as { imports: Record<string, string> };
  const { exports } = JSON.parse(
    await Deno.readTextFile(new URL("lib/instrumentation/deno.json", ROOT)),
  ) as { exports: Record<string, string> };
  assertEquals(
    Object.entries(imports).filter(([name]) => name.startsWith(PACKAGE)).toSorted(),
    Object.entries(exports).map(([name, file]) => [
      PACKAGE + name.slice(1),
      file.replace("./", "./instrumentation/"),
    ]).toSorted(),
  );
});

for (const { name, needs, lend } of PLACES) {
  testIf(
    needs,
    NEEDS,
    `manual.ts without provider.shutdown() fails step 8c, on ${name}`,
    () => lend((backends) => loseSpans(backends)),
  );
  for (const [file, stepId, reasons] of UNSOLVED) {
    const what = `${file} as laid out fails step ${stepId} for what it lacks, on ${name}`;
    testIf(
      needs,
      NEEDS,
      what,
      () => lend((backends) => failUnsolved(file, stepId, reasons, backends)),
    );
  }
  for (const [file, stepIds, isAuto] of SOLVED) {
    const what = `${file} of the learner, solved, passes ${stepIds.join()}, on ${name}`;
    testIf(
      needs,
      NEEDS,
      what,
      () => lend((backends) => passSolved(file, stepIds, isAuto, backends)),
    );
  }
}

async function failUnsolved(
  file: string,
  stepId: string,
  reasons: Record<string, string[]>,
  backends: Backends,
): Promise<void> {
  await withStudent(backends, async (student) => {
    const step = stepOf(stepId);
    await student.begin(step);
    await student.start(file);
    await student.request("/");
    await student.end();
    for (const [id, allowed] of Object.entries(reasons)) {
      // The app has flushed its telemetry, but it may still be on its way between servers.
      await poll(async () => {
        const outcome = (await student.check(step, 0)).find((one) => one.id === id);
        const answer = outcome?.reason ?? "none: it passed";
        return allowed.includes(answer) ? { result: answer } : { answer };
      }, `${id} of ${step.id}, which is to fail for ${allowed.join(" or ")}`);
    }
  });
}

/** The student stops the app right after a request, and its span is lost. */
async function loseSpans(backends: Backends): Promise<void> {
  await withStudent(backends, async (student) => {
    const step = stepOf("flush-at-the-end");
    await student.begin(step);
    await student.solve("manual.ts", ["await provider.shutdown();", "Deno.exit();"]);
    await student.start("manual.ts");
    for (const path of ["/", "/error"]) await student.request(path);
    const failed = (await student.check(step)).filter(({ state }) => state !== "passed");
    assertEquals(failed.map(({ id, reason }) => [id, reason]), [["flushes", "not-flushed"]]);
  });
}

async function passSolved(
  file: string,
  stepIds: string[],
  isAuto: boolean,
  backends: Backends,
): Promise<void> {
  await withStudent(backends, async (student) => {
    if (!isAuto) await student.solve(file);
    for (const step of stepIds.map(stepOf)) {
      await student.begin(step);
      // A span that is flushed must be told from one that a batch took along.
      const isStopped = step.conditions.some(({ check }) => check.kind === "shutdown");
      await student.start(file, { isAuto, ...isStopped && { batchMillis: 2000 } });
      for (const path of ["/", "/error"]) await student.request(path);
      await student.request("/", { authorization: "Bearer my-secret" });
      const open = (await student.check(step)).filter(({ state }) => state !== "passed");
      assertEquals(open.map(({ id, found }) => `${step.id} ${id}: ${found}`), []);
    }
  });
}

function stepOf(id: string) {
  return steps.find((step) => step.id === id)!;
}

async function withStudent(
  backends: Backends,
  use: (student: Student) => Promise<void>,
): Promise<void> {
  await withFolder(async (folder) => {
    await using student = new Student(backends, folder);
    await student.arrive();
    await use(student);
  });
}
