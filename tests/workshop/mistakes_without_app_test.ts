import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "node:path";
import { createCollector } from "../../lib/collector/collector.ts";
import { embeddedBackends } from "../../lib/workshop/backends/backends.ts";
import type { Outcome } from "../../lib/workshop/conditions/outcome.ts";
import { readCourse } from "../../lib/workshop/course/read_course.ts";
import { readProgress, writeProgress } from "../../lib/workshop/progress/progress_file.ts";
import { type Classroom, openClassroom } from "../helpers/classroom.ts";
import { withFolder } from "../helpers/folder.ts";
import { areGranted, testWith } from "../helpers/needs.ts";
import { noServers } from "../helpers/no_servers.ts";

const NEEDS = ["net", "env", "read", "write", "run", "sys"] as const;
const STEPS = new URL("../../lib/workshop/steps/", import.meta.url);

/** What a learner did wrong, or left out, in a step without an app. */
interface Mistake {
  /** Whether all questions are answered wrongly; otherwise, none is answered. */
  isWrong?: boolean;
  /** The solution's file that the learner has, and a change to it. */
  file?: string;
  edit?: [from: string | RegExp, to: string];
  /** A file that is missing, after the step's command was run. */
  misses?: string;
  /** Whether no server runs. */
  hasNoServers?: boolean;
}

type Row = [step: string, what: string, mistake: Mistake, said: RegExp];

const ROTTEN = "rotten/otel-collector-config.yaml";
const PIPELINES = "pipelines/otel-collector-config.yaml";

/** For a step with questions. */
function quizRows(step: string): Row[] {
  return [
    [step, "no answer", {}, /(is|are) open: /],
    [step, "wrong answers", { isWrong: true }, /Not (all four|both|five|quite)/],
  ];
}

const ROWS: Row[] = [
  ["get-collector", "command not run", {}, /The compose file doesn't exist yet/],
  [
    "get-collector",
    "command run elsewhere",
    { file: "base.ts" },
    /otel-kit" collector-demo|otel-kit collector-demo|main.ts collector-demo/,
  ],
  [
    "get-collector",
    "a file is missing",
    { misses: "collector-demo/prometheus.yaml" },
    /prometheus.yaml is missing/,
  ],
  ...quizRows("read-config"),
  ...quizRows("start-clean"),
  [
    "run-collector",
    "Collector not started",
    { hasNoServers: true },
    /health endpoint doesn't respond/,
  ],
  [
    "run-collector",
    "wrong port",
    { hasNoServers: true },
    /Nothing is listening for OTLP over gRPC/,
  ],
  ["open-tools", "Jaeger not started", { hasNoServers: true }, /Jaeger doesn't respond/],
  ["open-tools", "Zipkin not started", { hasNoServers: true }, /Zipkin doesn't respond/],
  ["open-tools", "Prometheus not started", { hasNoServers: true }, /Prometheus doesn't respond/],
  ...quizRows("no-code-setup"),
  ...quizRows("what-did-we-learn"),
  ...quizRows("repair-the-collector"),
  ["repair-the-collector", "nothing repaired", {}, /exporters "logging" no longer exists/],
  ["repair-the-collector", "wrong file", { misses: ROTTEN }, /isn't in your folder/],
  [
    "repair-the-collector",
    "syntax error",
    { file: ROTTEN, edit: ["  batch:", "\tbatch:"] },
    /it isn't valid YAML/,
  ],
  [
    "repair-the-collector",
    "wrong port",
    { file: ROTTEN, edit: ["jaeger:4317", "jaeger:14250"] },
    /sends to port 14250/,
  ],
  [
    "repair-the-collector",
    "still on localhost",
    { file: ROTTEN, edit: ["0.0.0.0:4317", "localhost:4317"] },
    /nothing outside its container can reach it/,
  ],
  ...quizRows("clean-and-count"),
  ["clean-and-count", "nothing added", {}, /contains a component of the type "filter"/],
  ["clean-and-count", "wrong file", { misses: PIPELINES }, /isn't in your folder/],
  [
    "clean-and-count",
    "defined, but in no pipeline",
    { file: PIPELINES, edit: ["[filter, redaction]", "[redaction]"] },
    /no pipeline contains a component of the type "filter"/,
  ],
  [
    "clean-and-count",
    "in a pipeline, but not defined",
    { file: PIPELINES, edit: [/ {2}span_metrics:\n.*\n.*\n/, ""] },
    /contains "span_metrics", which is not defined/,
  ],
  [
    "clean-and-count",
    "syntax error",
    { file: PIPELINES, edit: ["  filter:", "\tfilter:"] },
    /it isn't valid YAML/,
  ],
  ...quizRows("red"),
  ["red", "rules not filled in", {}, /has no expr/],
  ["red", "no requests", { file: "red.rules.yaml" }, /has no result now/],
];

const quiz = areGranted(["read"]) ? (await readCourse(STEPS)).quiz : [];

for (const [step, what, mistake, said] of ROWS) {
  testWith(
    NEEDS,
    `step ${step} doesn't pass, and names the cause: ${what}`,
    () =>
      withFolder(async (folder) => {
        await using collector = await createCollector({
          httpPort: 0,
          grpcPort: 0,
          uiPort: 0,
          store: { maxTraces: 100, maxBytes: 64 * 1024 ** 2 },
        });
        const backends = mistake.hasNoServers ? noServers() : embeddedBackends(collector);
        const room = await openClassroom(folder);
        assertEquals((await room.guide(backends, "goto", step)).code, 0);
        await prepare(mistake, room, folder);
        const { code, data, status } = await room.guide(
          backends,
          "check",
          step,
          "--json",
          "--wait=0s",
        );
        assert(code === 1 || code === 3, `exit code ${code}: ${status}`);
        const { passed, outcomes }: { passed: boolean; outcomes: Outcome[] } = JSON.parse(data);
        assert(!passed);
        const texts = outcomes.flatMap(({ state, found, advice = "" }) =>
          state === "passed" ? [] : [found, advice]
        );
        assertMatch(texts.join("\n").replaceAll(/\s+/g, " "), said);
      }),
  );
}

/** Does what the learner did. */
async function prepare(
  { isWrong, file, edit, misses }: Mistake,
  { dir }: Classroom,
  folder: string,
): Promise<void> {
  if (isWrong) {
    const path = join(folder, "progress.json");
    const { progress } = await readProgress(path);
    const [course] = Object.values(progress.courses);
    for (const { id } of quiz) course!.answers[id] = false;
    await writeProgress(path, progress);
  }
  if (file !== undefined) {
    const solved = new URL(file === "base.ts" ? `../template/${file}` : `solution/${file}`, STEPS);
    const before = await Deno.readTextFile(solved);
    const after = edit ? before.replace(...edit) : before;
    assert(!edit || after !== before, `${edit?.[0]} is not in ${file}`);
    await Deno.writeTextFile(join(dir, file), after);
  }
  if (misses === undefined) return;
  if (misses.startsWith("collector-demo/")) {
    await Deno.mkdir(join(dir, "collector-demo"));
    for (const name of ["docker-compose.yaml", "otel-collector-config.yaml"]) {
      await Deno.writeTextFile(join(dir, "collector-demo", name), "");
    }
  } else await Deno.remove(join(dir, misses));
}
