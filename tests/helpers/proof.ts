import { assert, assertEquals, assertMatch } from "@std/assert";
import type { Backends } from "../../lib/workshop/backends/backends.ts";
import type { Outcome } from "../../lib/workshop/conditions/outcome.ts";
import type { Reason } from "../../lib/workshop/course/check.ts";
import { readCourse } from "../../lib/workshop/course/read_course.ts";
import type { Condition as StepCondition, Step } from "../../lib/workshop/course/step.ts";
import { openClassroom } from "./classroom.ts";
import { quickenTime } from "./fake_time.ts";
import { withFolder } from "./folder.ts";
import { areGranted, testIf } from "./needs.ts";
import { noServers } from "./no_servers.ts";
import { runHereWith } from "./run_here.ts";
import type { Place } from "./workshop_places.ts";

const NEEDS = ["net", "env", "read", "write", "run", "sys"] as const;
const STEPS = new URL("../../lib/workshop/steps/", import.meta.url);

/** Steps that don't start with nothing running. */
const SETTINGS: Record<string, "something runs" | "no servers"> = {
  "prerequisites": "something runs",
  "start-clean": "something runs",
  "run-collector": "no servers",
  "open-tools": "no servers",
};

const steps = areGranted(["read"]) ? (await readCourse(STEPS)).steps : [];

/** What the real servers can't do, but report. */
const NEVER_ON_SERVERS: Record<string, Reason> = { "logs correlated": "no-logs-here" };

/** Each step fails at first, passes once it is solved, and can be reset, on these servers. */
export function testProofs({ name, needs, lend, settle }: Place): void {
  for (const step of steps) {
    const looksForGrowth = step.conditions.some(({ check }) => "grew" in check && check.grew);
    const what = `step ${step.number}, ${step.id}, fails, passes once solved, and resets`;
    testIf(needs, NEEDS, `${what}, on ${name}`, async () => {
      if (looksForGrowth) await settle();
      await lend((backends) => withFolder((folder) => prove(step, backends, folder)));
    });
  }
}

/** With a learner's commands, and the apps moved to another port. */
async function prove(step: Step, backends: Backends, folder: string): Promise<void> {
  const setting = SETTINGS[step.id];
  const { guide, port, flags } = await openClassroom(folder);
  const failAtStart = async () => {
    const before = setting === "no servers" ? noServers() : backends;
    assertEquals((await guide(before, "goto", step.id)).code, 0);
    using _taken = setting === "something runs" ? hold(port) : undefined;
    const { code, data, status } = await guide(before, "check", step.id, "--json", "--wait=0s");
    assert(code === 1 || code === 3, status);
    assertFailed(step, JSON.parse(data).outcomes);
  };

  await failAtStart();
  const { data, status } = await solve(step, flags(backends));
  assert(data !== "", status);
  assertPassed(step, JSON.parse(data).outcomes);
  assertEquals((await guide(backends, "reset", step.id)).code, 0);
  await failAtStart();
}

/** Conditions that nothing should meet are checked without patience, once the app runs. */
async function solve({ id, conditions }: Step, flags: string[]) {
  const isAbsence = ({ check }: StepCondition) => check.kind === "trace" && check.absent === true;
  const isLong = conditions.some(isAbsence);
  using time = new DisposableStack();
  const onStatus = (line: string) => {
    if (isLong && line.startsWith("  wait for")) time.use(quickenTime());
  };
  return await runHereWith({ onStatus }, "guide", "solve", id, "--json", ...flags);
}

function hold(port: number): Disposable {
  const listener = Deno.listen({ hostname: "127.0.0.1", port });
  return { [Symbol.dispose]: () => listener.close() };
}

/** Each condition that the solution changes fails with one of the step's texts for it. */
function assertFailed(step: Step, outcomes: readonly Outcome[]): void {
  const failed = outcomes.filter(({ state }) => state !== "passed");
  for (const { id, reason, advice, found } of failed) {
    const condition = step.conditions.find((condition) => condition.id === id)!;
    // It waits for another one, which failed with a text.
    if (condition.after && reason === undefined) {
      assertMatch(found, /^checked once/);
      continue;
    }
    assert(reason !== undefined && advice !== undefined, `${id} fails without a text: ${reason}`);
    assert(startReasons(condition).includes(reason), `${id} fails for ${reason} at the start`);
    // It is written for this setting, but begins alike.
    const [begin = ""] = condition.fails[reason]!.split(/\{\{|otel-kit/);
    assert(advice.startsWith(begin), `${id} says "${advice}" instead of "${begin}"`);
  }
  const passed = outcomes.filter(({ state }) => state === "passed").map(({ id }) => id);
  assertEquals(passed, [], "met before anything was done");
}

function assertPassed(step: Step, outcomes: readonly Outcome[]): void {
  const open = outcomes.filter(({ id, state, reason }) =>
    state !== "passed" && (reason === undefined || NEVER_ON_SERVERS[`${step.id} ${id}`] !== reason)
  );
  assertEquals(open.map(({ id, reason, found }) => `${id}: ${reason}, ${found}`), []);
  for (const { id, state, evidence } of outcomes) {
    if (state === "passed") assert(evidence?.text, `${id} shows no evidence`);
  }
}

/** Why a condition fails before anything was done. */
function startReasons({ check }: StepCondition): Reason[] {
  switch (check.kind) {
    case "http":
      return ["unreachable"];
    case "trace":
      return check.absent ? ["no-canary"] : ["no-service", "no-trace"];
    case "metric":
      return ["unreachable", "no-metric", "no-series", "not-grown", "too-low"];
    case "log":
      return ["no-logs-here", "no-log"];
    case "collector":
      return check.accepted === undefined ? ["unreachable"] : ["not-grown"];
    case "port":
      return [check.is === "free" ? "taken" : "not-open"];
    case "file":
      return check.valid === undefined ? ["missing"] : ["invalid"];
    case "quiz":
      return ["unanswered"];
    case "seen":
      return ["not-seen"];
    case "shutdown":
      return ["not-running"];
    case "spans":
      return ["too-few"];
    case "hints":
      return [];
  }
}
