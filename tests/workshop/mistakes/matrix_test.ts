import { assertEquals } from "@std/assert";
import { readCourse } from "../../../lib/workshop/course/read_course.ts";
import { TYPICAL, type Typical } from "../../helpers/mistakes/mistake.ts";
import { BASE_ROWS } from "../../helpers/mistakes/rows/base.ts";
import { BONUS_ROWS } from "../../helpers/mistakes/rows/bonus.ts";
import { BY_HAND_ROWS } from "../../helpers/mistakes/rows/by_hand.ts";
import { COLLECTOR_ROWS } from "../../helpers/mistakes/rows/collector.ts";
import { MIDDLEWARE_ROWS } from "../../helpers/mistakes/rows/middleware.ts";
import { NO_CODE_ROWS } from "../../helpers/mistakes/rows/no_code.ts";
import { SERVICES_ROWS } from "../../helpers/mistakes/rows/services.ts";
import { testWith } from "../../helpers/needs.ts";

const STEPS = new URL("../../../lib/workshop/steps/", import.meta.url);

const ROWS = [
  ...COLLECTOR_ROWS,
  ...BASE_ROWS,
  ...BY_HAND_ROWS,
  ...MIDDLEWARE_ROWS,
  ...SERVICES_ROWS,
  ...NO_CODE_ROWS,
  ...BONUS_ROWS,
];

/** Why steps can't have some of the mistakes. */
type Impossible = [reason: string, steps: readonly string[], mistakes: readonly Typical[]];

const QUESTIONS = ["what-is-a-trace", "read-config", "no-code-setup", "what-did-we-learn"];
const SERVERS = ["get-collector", "run-collector", "open-tools"];
const NOTHING_RUNS = ["prerequisites", "start-clean"];
const CONFIGURATION = ["repair-the-collector"];
const BASE = ["base-app", "test-base"];
const BY_HAND = ["first-span", "record-the-error", "test-manual", "see-manual"];
const MIDDLEWARE = ["middleware-code", "test-middleware", "see-middleware"];
const LAUNCHED_FILE = ["test-no-code", "see-no-code"];
const BUILT_IN = [
  "change-a-label",
  "add-a-processor",
  "watch-the-queue",
  "logs",
  "sample",
  "describe-the-sender",
  "red",
  "cost",
  "declarative-configuration",
  "clean-and-count",
];
/** Some of them, with a file that the learner writes. */
const WITH_FILE = ["red", "declarative-configuration", "clean-and-count"];
const SEVERAL_SERVICES = ["join-the-traces", "find-the-fault", "baggage", "span-links"];

const TELEMETRY: readonly Typical[] = [
  "wrong port",
  "wrong protocol",
  "wrong name",
  "exporter none",
  "span not ended",
  "no shutdown",
];
const CODE: readonly Typical[] = ["forgotten import", "syntax error", "missing return", "no deno"];

const IMPOSSIBLE: Impossible[] = [
  ["the step asks questions about a text, and nothing runs", QUESTIONS, TYPICAL],
  [
    "the learner starts servers; `run-collector` finds those that listen elsewhere",
    SERVERS,
    TYPICAL.filter((mistake) => mistake !== "wrong port"),
  ],
  [
    "the compose files contain the ports, and `run-collector` checks them",
    ["get-collector", "open-tools"],
    ["wrong port"],
  ],
  ["no app should run yet", NOTHING_RUNS, ["app not started", "wrong file", ...TELEMETRY, ...CODE]],
  [
    "the file is for a Collector, and no app runs",
    CONFIGURATION,
    [
      "app not started",
      "port taken",
      "base app on the port",
      "span not ended",
      "no shutdown",
      "forgotten import",
      "missing return",
      "no deno",
    ],
  ],
  ["the base app is the right one", BASE, ["base app on the port"]],
  ["the base app has no telemetry", BASE, TELEMETRY],
  [
    "the spans of a running app arrive without it, and `flush-at-the-end` checks the last ones",
    [...BY_HAND, ...MIDDLEWARE, ...SEVERAL_SERVICES],
    ["no shutdown"],
  ],
  ["the middleware ends the spans", MIDDLEWARE, ["span not ended"]],
  ["the queue counts the requests of any service", ["watch-the-queue"], ["wrong name"]],
  ["metrics have no spans to end", ["count-by-hand"], ["span not ended"]],
  ["the counts of a running app arrive without it", ["count-by-hand"], ["no shutdown"]],
  [
    "the launcher ends spans, and sends the last ones when the app ends",
    [...LAUNCHED_FILE, ...BUILT_IN],
    ["span not ended", "no shutdown"],
  ],
  [
    "the app is in the executable, and the learner writes no code",
    BUILT_IN,
    ["forgotten import", "missing return", "no deno"],
  ],
  [
    "the step is about flags, and any app that is launched with them will do",
    BUILT_IN.filter((step) => !WITH_FILE.includes(step)),
    ["wrong file"],
  ],
  [
    "flags are the only thing that the learner writes",
    BUILT_IN.filter((step) => !WITH_FILE.includes(step)),
    ["syntax error"],
  ],
];

testWith(["read"], "each step has a row for each typical mistake, or can't have it", async () => {
  const { steps } = await readCourse(STEPS);
  const keyOf = (step: string, mistake: string) => `${step}: ${mistake}`;
  const rows = new Set(ROWS.map(([step, what]) => keyOf(step, what)));
  const impossible = IMPOSSIBLE.flatMap(([, steps, mistakes]) =>
    steps.flatMap((step) => mistakes.map((mistake) => keyOf(step, mistake)))
  );
  const all = steps.flatMap(({ id }) => TYPICAL.map((mistake) => keyOf(id, mistake)));
  assertEquals(all.filter((key) => !rows.has(key) && !impossible.includes(key)), [], "missing");
  assertEquals(impossible.filter((key) => rows.has(key)), [], "has a row");
  assertEquals(impossible.filter((key) => !all.includes(key)), [], "no such step");
  assertEquals(impossible.filter((key, at) => impossible.indexOf(key) < at), [], "twice");
});

testWith(["read"], "each row of mistakes is for a step, and none is there twice", async () => {
  const { steps } = await readCourse(STEPS);
  const ids = new Set(steps.map(({ id }) => id));
  assertEquals(ROWS.filter(([step]) => !ids.has(step)), []);
  const keys = ROWS.map(([step, what]) => `${step}: ${what}`);
  assertEquals(keys.filter((key, at) => keys.indexOf(key) < at), []);
});
